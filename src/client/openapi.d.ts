/** Generated from openapi.yaml by `npm run generate`. */

export interface paths {
    "/online/v1/payment/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prepares a payment: issues its tid and the URLs to which the payer is sent
         * @description Which code answers amounts that do not fit together (−722 here) was never published.
         */
        post: operations["ready"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/online/v1/payment/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pays: the money of an authenticated payment moves
         * @description Keys without a value are null in the one whole answer that was published; the official samples leave them out. A setting chooses. The card’s data are those of the real test environment. Names and codes of issuers other than 신한 are ours. That use_share_installment of ready leads to SHARE_INSTALLMENT follows from the page, but was never seen; so does card_type 체크 from a check card. amount.point and amount.discount are within total. A partial cancel gives back what was paid by card or money first, then points, then the discount: ours. Whether card_info of a payment of 0 won, which only issues a sid, lacks keys was never seen on this host. Which mistake is reported first, where there are several, was never published: the order of our rules is ours.
         */
        post: operations["approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/online/v1/payment/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Returns the state of a payment, its amounts and its actions
         * @description Only the answer for SUCCESS_PAYMENT was ever published (an official sample). Those of all other states are inferred from the table of fields. Before the money moves, cancel_available_amount is all 0 and payment_action_details is empty: ours. A payment whose 15 minutes are over without approve is shown as FAIL_PAYMENT: ours; its real state was never seen. installment_type of selected_card_info is in four public copies of the table, after install_month, since 2024-02-01. Where selected_card_info stands among the keys was never seen. The call is a POST. The retired host took a GET as well; nothing shows that this one does.
         */
        post: operations["order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/online/v1/payment/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives back all of a payment, or a part of it
         * @description Keys without a value are left out (observed). Where item_code stands among the keys was never seen. The page says that tax-free amount and VAT must match, not which code answers when they do not: −722 and −710 here are inferred. How a partial cancel treats points and discount was never published: it gives back what was paid by card or money first (ours). The sentence after the message of −710, −711, −722 and −784, which says what is left and what to send, is ours. Which code answers a partial cancel of a payment with a cup deposit was never published: −784 is ours.
         */
        post: operations["cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/online/v1/payment/subscription": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pays again by sid: the second and every later payment of a subscription, without the payer
         * @description No answer of this call was ever published. The table of fields is that of approve; that keys without a value are null is inferred from it. The official client code requires item_name, the older table of fields does not: we do not. Which mistake is reported first, where there are several, was never published: the order of our rules is ours. How often a sid may be charged (−752) was never published: a setting limits the charges of a KST day; by default there is no limit.
         */
        post: operations["subscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/online/v1/payment/manage/subscription/inactive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends a subscription: its sid pays nothing any more
         * @description No answer of this call was ever published: the keys are those of the table of fields, in its order. What a second call for the same sid answers was never published: −751 is ours.
         */
        post: operations["inactive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/online/v1/payment/manage/subscription/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Returns whether a sid can still be charged
         * @description use_point_status is in two public copies of the table (field-tables); where it stands among the keys and its values were never seen. No answer of this call was ever published: the keys are those of the table of fields, in its order. Whether datetimes that have not happened yet are null or left out was never published: left out is ours.
         */
        post: operations["status"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A refusal. `extras` is there only where the payment method itself failed. */
        Refusal: {
            error_code: number;
            error_message: string;
            extras?: {
                method_result_code: string;
                method_result_message: string;
            };
        };
        ReadyRequest: {
            /** @description Merchant code, 10 characters. Tests use TC0ONETIME; subscriptions TCSUBSCRIP or TCSEQUENCE. */
            cid: string;
            /** @description Authentication key of the merchant code: 24 digits and lower-case letters. */
            cid_secret?: string;
            /** @description The merchant’s order id, at most 100 characters. Not checked for uniqueness. */
            partner_order_id: string;
            /** @description The merchant’s user id, at most 100 characters, without personal data. */
            partner_user_id: string;
            /** @description Name of what is bought, at most 100 characters. */
            item_name: string;
            /** @description The merchant’s item code, at most 100 characters. Echoed by approve, cancel and order. */
            item_code?: string;
            /** @description How many. */
            quantity: number;
            /** @description What is to be paid, in KRW, tax included. At least 1; 0 only with a subscription cid. */
            total_amount: number;
            /** @description The tax-free part of total_amount, in KRW. */
            tax_free_amount: number;
            /** @description The VAT in total_amount, in KRW. Default: (total_amount − tax_free_amount) / 11, rounded. */
            vat_amount?: number;
            /** @description The cup deposit in total_amount, in KRW. A payment that has one can be cancelled only whole. */
            green_deposit?: number;
            /** @description Where the payer is sent after authentication, with pg_token appended. At most 255 characters. */
            approval_url: string;
            /** @description Where the payer is sent after cancelling. At most 255 characters. */
            cancel_url: string;
            /** @description Where the payer is sent after a failure or after 15 minutes. At most 255 characters. */
            fail_url: string;
            /** @description The card issuers that the payer may use. Default: all. */
            available_cards?: ("SHINHAN" | "KB" | "HYUNDAI" | "LOTTE" | "SAMSUNG" | "NH" | "BC" | "HANA" | "CITI" | "KAKAOBANK" | "KAKAOPAY" | "WOORIONLY")[];
            /**
             * @description The only method that the payer may use. Default: all.
             * @enum {string}
             */
            payment_method_type?: "CARD" | "MONEY";
            /** @description The months of instalment that the payer pays in, 0 to 12; check cards cannot pay then. That it is fixed is documented by an integrator, that it is this field is inferred. */
            install_month?: number;
            /**
             * @description Whether instalment interest is shared; needs prior agreement.
             * @enum {string}
             */
            use_share_installment?: "Y" | "N";
            /** @description Agreed keys for the payment page, such as return_custom_url (iOS) and auto_close. */
            custom_json?: {
                [key: string]: string;
            };
            /** @description App scheme to return to; see KakaoPay’s add-on guide. The limit of 255 is ours. */
            redirect_scheme_url?: string;
        };
        ReadyResponse: {
            /** @description Payment id: T and 19 lower-case hex digits. */
            tid: string;
            /** @description Where a mobile app sends the payer. */
            next_redirect_app_url: string;
            /** @description Where a mobile web page sends the payer. */
            next_redirect_mobile_url: string;
            /** @description Where a PC web page sends the payer, as a popup or a layer. */
            next_redirect_pc_url: string;
            /** @description For KakaoPay’s own use. Gone from the newest page, still sent in 2025. */
            android_app_scheme?: string;
            /** @description For KakaoPay’s own use. Gone from the newest page, still sent in 2025. */
            ios_app_scheme?: string;
            /** @description KST wall clock, yyyy-MM-ddTHH:mm:ss, without zone. */
            created_at: string;
        };
        ApproveRequest: {
            /** @description Merchant code, 10 characters. Tests use TC0ONETIME; subscriptions TCSUBSCRIP or TCSEQUENCE. */
            cid: string;
            /** @description Authentication key of the merchant code: 24 digits and lower-case letters. */
            cid_secret?: string;
            /** @description Payment id, 20 characters, from the answer of ready. */
            tid: string;
            /** @description The merchant’s order id, at most 100 characters. Not checked for uniqueness. */
            partner_order_id: string;
            /** @description The merchant’s user id, at most 100 characters, without personal data. */
            partner_user_id: string;
            /** @description What came to approval_url in the query, 20 lower-case hex digits. The limit of 100 characters is ours. */
            pg_token: string;
            /** @description At most 200 characters, stored and echoed. */
            payload?: string;
            /** @description Must be the one sent to ready, in KRW. */
            total_amount?: number;
        };
        ApproveResponse: {
            /** @description Id of this act; the same as in order’s payment_action_details. A and 19 lower-case hex digits. */
            aid: string;
            /** @description Payment id. T and 19 lower-case hex digits. */
            tid: string;
            /** @description Merchant code. */
            cid: string;
            sid?: string | null;
            /** @description As sent to ready. */
            partner_order_id: string;
            /** @description As sent to ready. */
            partner_user_id: string;
            /** @description As sent to ready. */
            item_name: string;
            item_code?: string | null;
            payload?: string | null;
            /** @description How many. */
            quantity: number;
            /** @description What was paid. */
            amount: {
                /** @description All of it, in KRW. */
                total: number;
                /** @description The tax-free part of total. */
                tax_free: number;
                /** @description The VAT in total. */
                vat: number;
                /** @description Paid with points. */
                point: number;
                /** @description Discounted. */
                discount: number;
                /** @description The cup deposit in total. */
                green_deposit: number;
            };
            /**
             * @description What the payer paid with.
             * @enum {string}
             */
            payment_method_type: "CARD" | "MONEY";
            /** @description Only for a card. */
            card_info?: {
                /** @description Name of the acquirer. */
                kakaopay_purchase_corp: string;
                /** @description KakaoPay’s code of the acquirer. */
                kakaopay_purchase_corp_code: string;
                /** @description Name of the issuer. */
                kakaopay_issuer_corp: string;
                /** @description KakaoPay’s code of the issuer. */
                kakaopay_issuer_corp_code: string;
                /** @description First digits of the card; always 111111 in tests (observed). */
                bin: string;
                /** @description 신용 (credit) or 체크 (debit). */
                card_type: string;
                /** @description Instalment months, two digits: 00 to 12. */
                install_month: string;
                /** @description The card company’s approval number; always 11111111 in tests (observed). */
                approved_id: string;
                /** @description Merchant number at the card company; always 111111 in tests (observed). */
                card_mid: string;
                /**
                 * @description Whether the instalments are free of interest.
                 * @enum {string}
                 */
                interest_free_install: "Y" | "N";
                /** @description The card’s product; always 111111 in tests (observed). */
                card_item_code: string;
                /**
                 * @description Who bears the interest of interest-free instalments: the card company, or both.
                 * @enum {string}
                 */
                installment_type: "CARD_INSTALLMENT" | "SHARE_INSTALLMENT";
            } | null;
            /** @description The payer’s methods of a sequential subscription (TCSEQUENCE), from four public copies of an older table; no filled answer was published. Null otherwise (observed). */
            sequential_payment_methods?: {
                /** @description Order in which the methods are tried. */
                payment_priority: number;
                /** @description Subscription id of this method. S and 19 lower-case hex digits. */
                sid: string;
                /**
                 * @description What the payer paid with.
                 * @enum {string}
                 */
                payment_method_type: "CARD" | "MONEY";
                card_info?: {
                    /** @description Name of the acquirer. */
                    kakaopay_purchase_corp: string;
                    /** @description KakaoPay’s code of the acquirer. */
                    kakaopay_purchase_corp_code: string;
                    /** @description Name of the issuer. */
                    kakaopay_issuer_corp: string;
                    /** @description KakaoPay’s code of the issuer. */
                    kakaopay_issuer_corp_code: string;
                    /** @description First digits of the card; always 111111 in tests (observed). */
                    bin: string;
                    /** @description 신용 (credit) or 체크 (debit). */
                    card_type: string;
                    /** @description Instalment months, two digits: 00 to 12. */
                    install_month: string;
                    /** @description The card company’s approval number; always 11111111 in tests (observed). */
                    approved_id: string;
                    /** @description Merchant number at the card company; always 111111 in tests (observed). */
                    card_mid: string;
                    /**
                     * @description Whether the instalments are free of interest.
                     * @enum {string}
                     */
                    interest_free_install: "Y" | "N";
                    /** @description The card’s product; always 111111 in tests (observed). */
                    card_item_code: string;
                    /**
                     * @description Who bears the interest of interest-free instalments: the card company, or both.
                     * @enum {string}
                     */
                    installment_type: "CARD_INSTALLMENT" | "SHARE_INSTALLMENT";
                };
            }[] | null;
            /** @description When the payment was prepared. KST wall clock, yyyy-MM-ddTHH:mm:ss, without zone. */
            created_at: string;
            /** @description When the money moved. KST wall clock, yyyy-MM-ddTHH:mm:ss, without zone. */
            approved_at: string;
        };
        OrderRequest: {
            /** @description Merchant code, 10 characters. Tests use TC0ONETIME; subscriptions TCSUBSCRIP or TCSEQUENCE. */
            cid: string;
            /** @description Authentication key of the merchant code: 24 digits and lower-case letters. */
            cid_secret?: string;
            /** @description Payment id, 20 characters, from the answer of ready. */
            tid: string;
        };
        OrderResponse: {
            /** @description Payment id. T and 19 lower-case hex digits. */
            tid: string;
            /** @description Merchant code. */
            cid: string;
            /**
             * @description What became of the payment.
             * @enum {string}
             */
            status: "READY" | "SEND_TMS" | "OPEN_PAYMENT" | "SELECT_METHOD" | "ARS_WAITING" | "AUTH_PASSWORD" | "ISSUED_SID" | "SUCCESS_PAYMENT" | "PART_CANCEL_PAYMENT" | "CANCEL_PAYMENT" | "FAIL_AUTH_PASSWORD" | "QUIT_PAYMENT" | "FAIL_PAYMENT";
            /** @description As sent to ready. */
            partner_order_id: string;
            /** @description As sent to ready. */
            partner_user_id: string;
            /**
             * @description Once the payer has chosen it.
             * @enum {string}
             */
            payment_method_type?: "CARD" | "MONEY";
            /** @description As sent to ready. */
            item_name: string;
            /** @description As sent to ready. */
            item_code?: string;
            /** @description How many. */
            quantity: number;
            /** @description What ready asked for. */
            amount: {
                /** @description All of it, in KRW. */
                total: number;
                /** @description The tax-free part of total. */
                tax_free: number;
                /** @description The VAT in total. */
                vat: number;
                /** @description Paid with points. */
                point: number;
                /** @description Discounted. */
                discount: number;
                /** @description The cup deposit in total. */
                green_deposit: number;
            };
            /** @description What was given back so far. */
            canceled_amount: {
                /** @description All of it, in KRW. */
                total: number;
                /** @description The tax-free part of total. */
                tax_free: number;
                /** @description The VAT in total. */
                vat: number;
                /** @description Paid with points. */
                point: number;
                /** @description Discounted. */
                discount: number;
                /** @description The cup deposit in total. */
                green_deposit: number;
            };
            /** @description What can still be given back. */
            cancel_available_amount: {
                /** @description All of it, in KRW. */
                total: number;
                /** @description The tax-free part of total. */
                tax_free: number;
                /** @description The VAT in total. */
                vat: number;
                /** @description Paid with points. */
                point: number;
                /** @description Discounted. */
                discount: number;
                /** @description The cup deposit in total. */
                green_deposit: number;
            };
            /** @description When the payment was prepared. KST wall clock, yyyy-MM-ddTHH:mm:ss, without zone. */
            created_at: string;
            /** @description When the money moved; once it has. KST wall clock, yyyy-MM-ddTHH:mm:ss, without zone. */
            approved_at?: string;
            /** @description When money was last given back; once it was. KST wall clock, yyyy-MM-ddTHH:mm:ss, without zone. */
            canceled_at?: string;
            /** @description Once the payer has chosen a card. */
            selected_card_info?: {
                /** @description First digits of the card. */
                card_bin: string;
                /** @description Instalment months. */
                install_month: number;
                /**
                 * @description Who bears the interest of interest-free instalments: the card company, or both.
                 * @enum {string}
                 */
                installment_type?: "CARD_INSTALLMENT" | "SHARE_INSTALLMENT";
                /** @description Name of the issuer. */
                card_corp_name: string;
                /**
                 * @description Whether the instalments are free of interest.
                 * @enum {string}
                 */
                interest_free_install: "Y" | "N";
            };
            /** @description One item per act, oldest first. */
            payment_action_details: {
                /** @description Id of the act: the aid that approve or cancel answered. A and 19 lower-case hex digits. */
                aid: string;
                /**
                 * @description What was done.
                 * @enum {string}
                 */
                payment_action_type: "PAYMENT" | "CANCEL" | "ISSUED_SID";
                /**
                 * @description What the payer paid with.
                 * @enum {string}
                 */
                payment_method_type: "CARD" | "MONEY";
                /** @description What this act paid or gave back, in KRW. */
                amount: number;
                /** @description Of it, points. */
                point_amount: number;
                /** @description Of it, discount. */
                discount_amount: number;
                /** @description When it was done. KST wall clock, yyyy-MM-ddTHH:mm:ss, without zone. */
                approved_at: string;
                /** @description Of it, cup deposit. */
                green_deposit: number;
                /** @description As sent with that call. */
                payload?: string;
            }[];
        };
        CancelRequest: {
            /** @description Merchant code, 10 characters. Tests use TC0ONETIME; subscriptions TCSUBSCRIP or TCSEQUENCE. */
            cid: string;
            /** @description Authentication key of the merchant code: 24 digits and lower-case letters. */
            cid_secret?: string;
            /** @description Payment id, 20 characters, from the answer of ready. */
            tid: string;
            /** @description What is to be given back, in KRW, tax included. */
            cancel_amount: number;
            /** @description The tax-free part of cancel_amount, in KRW. */
            cancel_tax_free_amount: number;
            /** @description The VAT in cancel_amount, in KRW. Default: (cancel_amount − cancel_tax_free_amount) / 11, rounded; a cancel of all that is left takes the VAT that is left (ours). */
            cancel_vat_amount?: number;
            /** @description What can be given back before this cancel, in KRW: refused where it is not so. */
            cancel_available_amount?: number;
            /** @description At most 200 characters, stored and echoed. */
            payload?: string;
        };
        CancelResponse: {
            /** @description Payment id. T and 19 lower-case hex digits. */
            tid: string;
            /** @description Merchant code. */
            cid: string;
            /**
             * @description CANCEL_PAYMENT once nothing is left, also after several partial cancels.
             * @enum {string}
             */
            status: "PART_CANCEL_PAYMENT" | "CANCEL_PAYMENT";
            /** @description As sent to ready. */
            partner_order_id: string;
            /** @description As sent to ready. */
            partner_user_id: string;
            /**
             * @description What the payer paid with.
             * @enum {string}
             */
            payment_method_type: "CARD" | "MONEY";
            /** @description As sent to ready. */
            item_name: string;
            /** @description As sent to ready. */
            item_code?: string;
            /** @description Id of this cancel. A and 19 lower-case hex digits. */
            aid: string;
            /** @description As sent with this call. */
            payload?: string;
            /** @description How many. */
            quantity: number;
            /** @description What was paid. */
            amount: {
                /** @description All of it, in KRW. */
                total: number;
                /** @description The tax-free part of total. */
                tax_free: number;
                /** @description The VAT in total. */
                vat: number;
                /** @description Paid with points. */
                point: number;
                /** @description Discounted. */
                discount: number;
                /** @description The cup deposit in total. */
                green_deposit: number;
            };
            /** @description What was given back so far, this cancel included. */
            canceled_amount: {
                /** @description All of it, in KRW. */
                total: number;
                /** @description The tax-free part of total. */
                tax_free: number;
                /** @description The VAT in total. */
                vat: number;
                /** @description Paid with points. */
                point: number;
                /** @description Discounted. */
                discount: number;
                /** @description The cup deposit in total. */
                green_deposit: number;
            };
            /** @description What can still be given back. */
            cancel_available_amount: {
                /** @description All of it, in KRW. */
                total: number;
                /** @description The tax-free part of total. */
                tax_free: number;
                /** @description The VAT in total. */
                vat: number;
                /** @description Paid with points. */
                point: number;
                /** @description Discounted. */
                discount: number;
                /** @description The cup deposit in total. */
                green_deposit: number;
            };
            /** @description What this cancel gave back. */
            approved_cancel_amount: {
                /** @description All of it, in KRW. */
                total: number;
                /** @description The tax-free part of total. */
                tax_free: number;
                /** @description The VAT in total. */
                vat: number;
                /** @description Paid with points. */
                point: number;
                /** @description Discounted. */
                discount: number;
                /** @description The cup deposit in total. */
                green_deposit: number;
            };
            /** @description When the payment was prepared. KST wall clock, yyyy-MM-ddTHH:mm:ss, without zone. */
            created_at: string;
            /** @description When the money moved. KST wall clock, yyyy-MM-ddTHH:mm:ss, without zone. */
            approved_at: string;
            /** @description When this cancel gave it back. KST wall clock, yyyy-MM-ddTHH:mm:ss, without zone. */
            canceled_at: string;
        };
        SubscriptionRequest: {
            /** @description Merchant code, 10 characters. Tests use TC0ONETIME; subscriptions TCSUBSCRIP or TCSEQUENCE. */
            cid: string;
            /** @description Authentication key of the merchant code: 24 digits and lower-case letters. */
            cid_secret?: string;
            /** @description Subscription id, 20 characters, from the answer of approve. */
            sid: string;
            /** @description The merchant’s order id, at most 100 characters. Not checked for uniqueness. */
            partner_order_id: string;
            /** @description The merchant’s user id, at most 100 characters, without personal data. */
            partner_user_id: string;
            /** @description Name of what is bought, at most 100 characters. Default: the first payment’s. */
            item_name?: string;
            /** @description The merchant’s item code, at most 100 characters. */
            item_code?: string;
            /** @description How many. */
            quantity: number;
            /** @description What is to be paid, in KRW, tax included. */
            total_amount: number;
            /** @description The tax-free part of total_amount, in KRW. */
            tax_free_amount: number;
            /** @description The VAT in total_amount, in KRW. Default: (total_amount − tax_free_amount) / 11, rounded. */
            vat_amount?: number;
            /** @description At most 200 characters, stored and echoed. */
            payload?: string;
        };
        SubscriptionResponse: {
            /** @description Id of this act; the same as in order’s payment_action_details. A and 19 lower-case hex digits. */
            aid: string;
            /** @description Payment id. T and 19 lower-case hex digits. */
            tid: string;
            /** @description Merchant code. */
            cid: string;
            sid?: string | null;
            /** @description As sent to ready. */
            partner_order_id: string;
            /** @description As sent to ready. */
            partner_user_id: string;
            /** @description As sent to ready. */
            item_name: string;
            item_code?: string | null;
            payload?: string | null;
            /** @description How many. */
            quantity: number;
            /** @description What was paid. */
            amount: {
                /** @description All of it, in KRW. */
                total: number;
                /** @description The tax-free part of total. */
                tax_free: number;
                /** @description The VAT in total. */
                vat: number;
                /** @description Paid with points. */
                point: number;
                /** @description Discounted. */
                discount: number;
                /** @description The cup deposit in total. */
                green_deposit: number;
            };
            /**
             * @description What the payer paid with.
             * @enum {string}
             */
            payment_method_type: "CARD" | "MONEY";
            /** @description Only for a card. */
            card_info?: {
                /** @description Name of the acquirer. */
                kakaopay_purchase_corp: string;
                /** @description KakaoPay’s code of the acquirer. */
                kakaopay_purchase_corp_code: string;
                /** @description Name of the issuer. */
                kakaopay_issuer_corp: string;
                /** @description KakaoPay’s code of the issuer. */
                kakaopay_issuer_corp_code: string;
                /** @description First digits of the card; always 111111 in tests (observed). */
                bin: string;
                /** @description 신용 (credit) or 체크 (debit). */
                card_type: string;
                /** @description Instalment months, two digits: 00 to 12. */
                install_month: string;
                /** @description The card company’s approval number; always 11111111 in tests (observed). */
                approved_id: string;
                /** @description Merchant number at the card company; always 111111 in tests (observed). */
                card_mid: string;
                /**
                 * @description Whether the instalments are free of interest.
                 * @enum {string}
                 */
                interest_free_install: "Y" | "N";
                /** @description The card’s product; always 111111 in tests (observed). */
                card_item_code: string;
                /**
                 * @description Who bears the interest of interest-free instalments: the card company, or both.
                 * @enum {string}
                 */
                installment_type: "CARD_INSTALLMENT" | "SHARE_INSTALLMENT";
            } | null;
            /** @description The payer’s methods of a sequential subscription (TCSEQUENCE), from four public copies of an older table; no filled answer was published. Null otherwise (observed). */
            sequential_payment_methods?: {
                /** @description Order in which the methods are tried. */
                payment_priority: number;
                /** @description Subscription id of this method. S and 19 lower-case hex digits. */
                sid: string;
                /**
                 * @description What the payer paid with.
                 * @enum {string}
                 */
                payment_method_type: "CARD" | "MONEY";
                card_info?: {
                    /** @description Name of the acquirer. */
                    kakaopay_purchase_corp: string;
                    /** @description KakaoPay’s code of the acquirer. */
                    kakaopay_purchase_corp_code: string;
                    /** @description Name of the issuer. */
                    kakaopay_issuer_corp: string;
                    /** @description KakaoPay’s code of the issuer. */
                    kakaopay_issuer_corp_code: string;
                    /** @description First digits of the card; always 111111 in tests (observed). */
                    bin: string;
                    /** @description 신용 (credit) or 체크 (debit). */
                    card_type: string;
                    /** @description Instalment months, two digits: 00 to 12. */
                    install_month: string;
                    /** @description The card company’s approval number; always 11111111 in tests (observed). */
                    approved_id: string;
                    /** @description Merchant number at the card company; always 111111 in tests (observed). */
                    card_mid: string;
                    /**
                     * @description Whether the instalments are free of interest.
                     * @enum {string}
                     */
                    interest_free_install: "Y" | "N";
                    /** @description The card’s product; always 111111 in tests (observed). */
                    card_item_code: string;
                    /**
                     * @description Who bears the interest of interest-free instalments: the card company, or both.
                     * @enum {string}
                     */
                    installment_type: "CARD_INSTALLMENT" | "SHARE_INSTALLMENT";
                };
            }[] | null;
            /** @description When the payment was prepared. KST wall clock, yyyy-MM-ddTHH:mm:ss, without zone. */
            created_at: string;
            /** @description When the money moved. KST wall clock, yyyy-MM-ddTHH:mm:ss, without zone. */
            approved_at: string;
        };
        InactiveRequest: {
            /** @description Merchant code, 10 characters. Tests use TC0ONETIME; subscriptions TCSUBSCRIP or TCSEQUENCE. */
            cid: string;
            /** @description Authentication key of the merchant code: 24 digits and lower-case letters. */
            cid_secret?: string;
            /** @description Subscription id, 20 characters, from the answer of approve. */
            sid: string;
        };
        InactiveResponse: {
            /** @description Merchant code. */
            cid: string;
            /** @description Subscription id. S and 19 lower-case hex digits. */
            sid: string;
            /**
             * @description What the sid is now.
             * @constant
             */
            status: "INACTIVE";
            /** @description When the sid was issued. KST wall clock, yyyy-MM-ddTHH:mm:ss, without zone. */
            created_at: string;
            /** @description When the sid last paid; once it has. KST wall clock, yyyy-MM-ddTHH:mm:ss, without zone. */
            last_approved_at?: string;
            /** @description When the sid was made inactive. KST wall clock, yyyy-MM-ddTHH:mm:ss, without zone. */
            inactivated_at: string;
        };
        StatusRequest: {
            /** @description Merchant code, 10 characters. Tests use TC0ONETIME; subscriptions TCSUBSCRIP or TCSEQUENCE. */
            cid: string;
            /** @description Authentication key of the merchant code: 24 digits and lower-case letters. */
            cid_secret?: string;
            /** @description Subscription id, 20 characters, from the answer of approve. */
            sid: string;
        };
        StatusResponse: {
            /** @description Whether the sid can pay. */
            available: boolean;
            /** @description Merchant code. */
            cid: string;
            /** @description Subscription id. S and 19 lower-case hex digits. */
            sid: string;
            /**
             * @description What the sid is.
             * @enum {string}
             */
            status: "ACTIVE" | "INACTIVE";
            /**
             * @description What the payer paid with.
             * @enum {string}
             */
            payment_method_type: "CARD" | "MONEY";
            /** @description Whether the first payment was made with points alone. That the values are Y and N is ours. */
            use_point_status?: string;
            /** @description As sent to the ready that led to the sid. */
            item_name: string;
            /** @description When the sid was issued. KST wall clock, yyyy-MM-ddTHH:mm:ss, without zone. */
            created_at: string;
            /** @description When the sid last paid; once it has. KST wall clock, yyyy-MM-ddTHH:mm:ss, without zone. */
            last_approved_at?: string;
            /** @description When the sid was made inactive; once it was. KST wall clock, yyyy-MM-ddTHH:mm:ss, without zone. */
            inactivated_at?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadyRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadyResponse"];
                };
            };
            /** @description Refused: -400, -2, -731, -733, -722, -799. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -401. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -403. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -404. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -400. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -2. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -429. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -400. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -500. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description No answer of this API: a gateway could not reach it. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: -503. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description No answer of this API: a gateway did not wait for it. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    approve: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApproveRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApproveResponse"];
                };
            };
            /** @description Refused: -400, -2, -731, -733, -721, -706, -707, -723, -702, -783, -701, -708, -725. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -401. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -403. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -404. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -400. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -2. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -429. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -400. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -500. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description No answer of this API: a gateway could not reach it. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: -503. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description No answer of this API: a gateway did not wait for it. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    order: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderResponse"];
                };
            };
            /** @description Refused: -400, -2, -731, -733, -721. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -401. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -403. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -404. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -400. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -2. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -429. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -400. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -500. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description No answer of this API: a gateway could not reach it. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: -503. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description No answer of this API: a gateway did not wait for it. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    cancel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancelResponse"];
                };
            };
            /** @description Refused: -400, -2, -731, -733, -721, -784, -722, -711, -710. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -401. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -403. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -404. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -400. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -2. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -429. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -400. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -500. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description No answer of this API: a gateway could not reach it. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: -503. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description No answer of this API: a gateway did not wait for it. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    subscription: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubscriptionRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionResponse"];
                };
            };
            /** @description Refused: -400, -2, -731, -733, -750, -751, -753, -752, -722. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -401. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -403. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -404. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -400. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -2. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -429. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -400. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -500. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description No answer of this API: a gateway could not reach it. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: -503. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description No answer of this API: a gateway did not wait for it. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    inactive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InactiveRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InactiveResponse"];
                };
            };
            /** @description Refused: -400, -2, -731, -733, -750, -751. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -401. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -403. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -404. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -400. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -2. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -429. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -400. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -500. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description No answer of this API: a gateway could not reach it. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: -503. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description No answer of this API: a gateway did not wait for it. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    status: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StatusRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusResponse"];
                };
            };
            /** @description Refused: -400, -2, -731, -733, -750. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -401. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -403. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -404. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -400. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -2. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -429. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -400. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Refused: -500. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description No answer of this API: a gateway could not reach it. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused: -503. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description No answer of this API: a gateway did not wait for it. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
