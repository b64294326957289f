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
            /** @description Instalment months, 0 to 12. */
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
                /**
                 * @example {
                 *       "cid": "TC0ONETIME",
                 *       "partner_order_id": "partner_order_id",
                 *       "partner_user_id": "partner_user_id",
                 *       "item_name": "초코파이",
                 *       "quantity": 1,
                 *       "total_amount": 2200,
                 *       "vat_amount": 200,
                 *       "tax_free_amount": 0,
                 *       "approval_url": "https://developers.kakao.com/success",
                 *       "fail_url": "https://developers.kakao.com/fail",
                 *       "cancel_url": "https://developers.kakao.com/cancel"
                 *     }
                 */
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
                    /**
                     * @example {
                     *       "tid": "T1234567890123456789",
                     *       "next_redirect_app_url": "https://mockup-pg-web.kakao.com/v1/xxxxxxxxxx/aInfo",
                     *       "next_redirect_mobile_url": "https://mockup-pg-web.kakao.com/v1/xxxxxxxxxx/mInfo",
                     *       "next_redirect_pc_url": "https://mockup-pg-web.kakao.com/v1/xxxxxxxxxx/info",
                     *       "android_app_scheme": "kakaotalk://kakaopay/pg?url=https://mockup-pg-web.kakao.com/v1/xxxxxxxxxx/order",
                     *       "ios_app_scheme": "kakaotalk://kakaopay/pg?url=https://mockup-pg-web.kakao.com/v1/xxxxxxxxxx/order",
                     *       "created_at": "2023-07-15T21:18:22"
                     *     }
                     */
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
            /** @description Refused: -2. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
}
