/** Generated from control.openapi.yaml by `npm run generate`. */

export interface paths {
    "/_mock/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Says that the server serves */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/openapi.yaml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The OpenAPI document of this control API */
        get: operations["openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keeps the control token in a cookie, for the dashboard */
        post: operations["session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists payments */
        get: operations["payments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/payments/{tid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows one payment with its ledger and every call that touched it */
        get: operations["payment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/payments/{tid}/payer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Does what the payer does on the page */
        post: operations["payer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/payments/{tid}/cancel-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says what a cancel would do to the ledger, or why it would be refused, without sending it */
        post: operations["previewCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/merchant/{call}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a call of KakaoPay’s API as the merchant whose secret key this mock has seen, and answers what it answers */
        post: operations["merchantCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists subscriptions, newest first; GET /_mock/payments?sid= lists what one has charged */
        get: operations["subscriptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists registered applications; while there is none every key works */
        get: operations["applications"];
        put?: never;
        /** Registers an application and issues its secret key, which is shown this once */
        post: operations["registerApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/applications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows one application */
        get: operations["application"];
        put?: never;
        post?: never;
        /** Removes an application */
        delete: operations["removeApplication"];
        options?: never;
        head?: never;
        /** Changes its name, web domains, app schemes or APIs */
        patch: operations["changeApplication"];
        trace?: never;
    };
    "/_mock/applications/{id}/reissue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Issues a new secret key, shown this once; the old one answers −401 from now on */
        post: operations["reissueKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/namespaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists namespaces, the last used first */
        get: operations["namespaces"];
        /** The same for the namespace that the header names; without one for all, present and to come */
        put: operations["changeNamespaces"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/namespaces/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows one namespace; its secret key may stand in the place of its name */
        get: operations["namespace"];
        /** Sets its label, lease, settings or seed; makes it where there is none */
        put: operations["changeNamespace"];
        post?: never;
        /** Drops a namespace with its payments, journal, faults, clock and settings */
        delete: operations["removeNamespace"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/namespaces/{name}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Empties a namespace: as if its key had never been used; lease, settings and seed stay */
        post: operations["resetNamespace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Empties the namespace that the header names; without one all of them; applications stay. With --reset-to state what its file says is put back */
        post: operations["reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Exports payments, subscriptions, applications, namespaces and fault rules, without secrets */
        get: operations["exportState"];
        /** Puts a state in the place of all that is kept, or names the line that is wrong and changes nothing; the journal is cleared */
        put: operations["importState"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the settings in force and where each came from; secrets are masked */
        get: operations["settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists calls as they were sent and answered, newest first; `as=har` writes them as one HAR, with keys masked */
        get: operations["journal"];
        put?: never;
        post?: never;
        /** Forgets the calls */
        delete: operations["clearJournal"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/journal/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts the calls that match */
        get: operations["countJournal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/journal/wait": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Answers as soon as `count` calls match; 408 after `timeout`, with what nearly matched */
        get: operations["waitJournal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/journal/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows one call; `as` writes it as curl, HAR or a fixture, with the key masked */
        get: operations["journalEntry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/faults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists fault rules and how often each matched and fired */
        get: operations["faults"];
        put?: never;
        /** Arms a rule: which calls it meets, when, and what it does to them */
        post: operations["armFault"];
        /** Removes all fault rules, or those of one namespace */
        delete: operations["disarmFaults"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/faults/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows one fault rule */
        get: operations["rule"];
        put?: never;
        post?: never;
        /** Removes a fault rule */
        delete: operations["disarmFault"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/fault-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists what a fault rule can do */
        get: operations["faultTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows the clocks */
        get: operations["clock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/clock/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops the clock, now or at an instant */
        post: operations["freezeClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/clock/offset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets the clock run, so far from the system’s clock */
        post: operations["offsetClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/clock/advance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Moves the clock on and answers what became due */
        post: operations["advanceClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/clock/to": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Moves the clock to an instant and answers what became due */
        post: operations["setClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/clock/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets the clock be the system’s again */
        post: operations["resumeClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Says for each payment what moved, which answers reached the merchant and what it asked afterwards */
        get: operations["audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/deviations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists where the server behind --relay behaves otherwise than the contract */
        get: operations["deviations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Server-sent events: call, payment, fault, clock, namespace, application, reset */
        get: operations["events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists KakaoPay’s calls that this server answers */
        get: operations["calls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/refusals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists every refusal with its code, wording and evidence */
        get: operations["refusals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_mock/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists every rule with its sentence, refusal and evidence */
        get: operations["rules"];
        put?: never;
        post?: never;
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
        Error: {
            error_code: number;
            error_message: string;
        };
        PaymentSummary: {
            tid: string;
            /** @description Public name: ns_ and 12 hex digits of the key’s SHA-256 */
            namespace: string;
            cid: string;
            partner_order_id: string;
            partner_user_id: string;
            item_name: string;
            status: string;
            expired: boolean;
            total: number;
            canceled: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            created_at: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            expires_at: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            approved_at: string | null;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            canceled_at: string | null;
        };
        Payment: {
            tid: string;
            /** @description Public name: ns_ and 12 hex digits of the key’s SHA-256 */
            namespace: string;
            cid: string;
            partner_order_id: string;
            partner_user_id: string;
            item_name: string;
            status: string;
            expired: boolean;
            total: number;
            canceled: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            created_at: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            expires_at: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            approved_at: string | null;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            canceled_at: string | null;
            sid: string | null;
            item_code: string | null;
            quantity: number;
            amount: components["schemas"]["Amount"];
            canceled_amount: components["schemas"]["Amount"];
            cancel_available_amount: components["schemas"]["Amount"];
            pg_token: string | null;
            choice: {
                /** @enum {string} */
                payment_method_type: "CARD" | "MONEY";
                card: string | null;
                /** @enum {string|null} */
                card_type: "CREDIT" | "CHECK" | null;
                install_month: number;
                /** @enum {string} */
                interest_free_install: "Y" | "N";
                point: number;
                discount: number;
            } | null;
            available_cards: string[] | null;
            /** @enum {string|null} */
            payment_method_type: "CARD" | "MONEY" | null;
            install_month: number | null;
            use_share_installment: boolean;
            /** @description As sent to ready */
            custom_json: {
                [key: string]: string;
            } | null;
            redirect_scheme_url: string | null;
            approval_url: string;
            cancel_url: string;
            fail_url: string;
            /** @description The payer’s page */
            redirect_url: string;
            actions: {
                aid: string;
                /** @enum {string} */
                payment_action_type: "PAYMENT" | "CANCEL" | "ISSUED_SID";
                amount: components["schemas"]["Amount"];
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC
                 */
                approved_at: string;
                payload: string | null;
            }[];
            ledger: {
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC
                 */
                at: string;
                aid: string | null;
                /** @enum {string} */
                type: "ORDER" | "PAYMENT" | "CANCEL" | "ISSUED_SID";
                moved: {
                    total: number;
                    tax_free: number;
                    vat: number;
                };
                /** @description What can still be cancelled after this line */
                left: {
                    total: number;
                    tax_free: number;
                    vat: number;
                };
                /** @description How the VAT comes about: vat 200 = (2200 − 0) / 11, rounded */
                vat: string;
            }[];
            /** @description Every call that touched it, oldest first, as far as the journal goes */
            timeline: components["schemas"]["Call"][];
        };
        Amount: {
            total: number;
            tax_free: number;
            vat: number;
            point: number;
            discount: number;
            green_deposit: number;
        };
        Call: {
            /** @description ULID */
            id: string;
            /**
             * Format: date-time
             * @description When it came in, by the system’s clock
             */
            time: string;
            /** @description The same by the namespace’s clock, as KakaoPay writes instants */
            kst: string;
            /** @description Public name: ns_ and 12 hex digits of the key’s SHA-256 */
            namespace: string | null;
            /** @description ready, approve, …, or payer; null where the path is none */
            call: string | null;
            method: string;
            path: string;
            tid: string | null;
            order_id: string | null;
            request: {
                /** @description As sent; the key is masked */
                headers: [
                    string,
                    string
                ][];
                body: string | null;
                body_cut: boolean;
            };
            response: {
                /** @description null where the connection was closed without one */
                status: number | null;
                body: string | null;
                /** @description Whether the client got the whole answer that the payment gave */
                delivered: boolean;
            };
            duration_ms: number;
            /** @description What refused: the refusal and the rule that was broken */
            refusal: {
                name: string;
                rule: string;
                error_code: number;
                evidence: string;
            } | null;
            fault: {
                rule: string;
                fault: string;
                money_moved: boolean;
            } | null;
            /** @description Mistakes that the rules allow */
            hints: string[];
            /** @description Fields that nobody reads, with the nearest known one */
            unknown_fields: {
                field: string;
                did_you_mean: string | null;
                message: string;
            }[];
        };
        Subscription: {
            sid: string;
            /** @description Public name: ns_ and 12 hex digits of the key’s SHA-256 */
            namespace: string;
            cid: string;
            partner_user_id: string;
            item_name: string;
            /** @enum {string} */
            payment_method_type: "CARD" | "MONEY";
            /** @enum {string} */
            status: "ACTIVE" | "INACTIVE";
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            created_at: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            last_approved_at: string | null;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            inactivated_at: string | null;
        };
        Application: {
            id: string;
            name: string;
            /** @description null: redirect URLs are not checked; an empty list refuses all of them */
            web_domains: string[] | null;
            app_schemes: string[];
            /** @description Whether the application uses the payment API; false answers −403 */
            payment_api: boolean;
            /** @description Masked */
            secret_key: string;
            namespace: string;
            /** @description From the config: comes back with the next start */
            configured: boolean;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            created_at: string;
        };
        Namespace: {
            /** @description Public name: ns_ and 12 hex digits of the key’s SHA-256 */
            name: string;
            label: string | null;
            /** @description The secret key, masked; null before its first call */
            key: string | null;
            payments: number;
            calls: number;
            faults: number;
            clock: components["schemas"]["Clock"];
            settings: components["schemas"]["Settings"];
            seeded: boolean;
            /** @description Dropped when unused for so long; null: never */
            lease_ms: number | null;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            last_used: string;
        };
        Clock: {
            /** @description null: what a new namespace starts with */
            namespace: string | null;
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            now: string;
            /** @description As KakaoPay writes instants */
            kst: string;
            frozen: boolean;
            /** @description How far it is from the system’s clock */
            offset_ms: number;
        };
        Settings: {
            /** @enum {string} */
            redirects: "local" | "real";
            appSchemes: boolean;
            /** @enum {string} */
            emptyKeys: "null" | "omit";
            /** @enum {string} */
            vatRemainder: "refuse" | "clamp";
            /** @enum {string} */
            payer: "manual" | "approve" | "cancel" | "fail" | "expire";
            /** @enum {string} */
            installMonth: "fixed" | "max";
            /** @enum {string} */
            sidCid: "any" | "same";
            sidChargesPerDay: number;
            /** @enum {string} */
            failedApprove: "retry" | "fail";
            quota: number;
            maintenance: boolean;
        };
        State: {
            /** @enum {number} */
            version: 1;
            payments: components["schemas"]["StatePayment"][];
            subscriptions: components["schemas"]["StateSubscription"][];
            applications: {
                id: string;
                name: string;
                /** @description null: redirect URLs are not checked; an empty list refuses all of them */
                web_domains: string[] | null;
                app_schemes: string[];
                /** @description Whether the application uses the payment API; false answers −403 */
                payment_api: boolean;
                key_hash: string;
                key_mask: string;
                namespace: string;
                /** @description Epoch ms */
                created_at: number;
            }[];
            namespaces: {
                name: string;
                settings: {
                    /** @enum {string} */
                    redirects?: "local" | "real";
                    appSchemes?: boolean;
                    /** @enum {string} */
                    emptyKeys?: "null" | "omit";
                    /** @enum {string} */
                    vatRemainder?: "refuse" | "clamp";
                    /** @enum {string} */
                    payer?: "manual" | "approve" | "cancel" | "fail" | "expire";
                    /** @enum {string} */
                    installMonth?: "fixed" | "max";
                    /** @enum {string} */
                    sidCid?: "any" | "same";
                    sidChargesPerDay?: number;
                    /** @enum {string} */
                    failedApprove?: "retry" | "fail";
                    quota?: number;
                    maintenance?: boolean;
                };
                clock: {
                    frozen_at: number | null;
                    offset_ms: number;
                };
                /** @description Read, and never exported: whoever knows it can guess its ids */
                seed: string | null;
                lease_ms: number | null;
                key_mask: string | null;
                label: string | null;
                generation: number;
                calls: number;
                /** @description Epoch ms */
                last_used: number;
            }[];
            faults: {
                id: string;
                name: string | null;
                namespace: string | null;
                match: {
                    /** @description ready, approve, … or payer for what the payer does; GET /_mock/calls lists them */
                    call?: string;
                    cid?: string;
                    /** @description partner_order_id, also of the tid’s payment; * stands for any text */
                    order_id?: string;
                    tid?: string;
                    /** @description total_amount or cancel_amount in KRW; else the payment’s total */
                    amount?: number;
                    min_amount?: number;
                    max_amount?: number;
                };
                /** @description "next", "always", {"next": n} for the next n matches, {"every": n} for every n-th match, {"probability": p} for each match with this probability; with --seed a run repeats */
                when: "next" | "always" | {
                    next: number;
                } | {
                    every: number;
                } | {
                    probability: number;
                };
                /** @description { "fault": name, …its parameters }: GET /_mock/fault-types lists them */
                do: {
                    /**
                     * @description A refusal of the table, by name: GET /_mock/refusals lists them
                     * @enum {string}
                     */
                    refusal: "authorization-missing" | "key-refused" | "api-forbidden" | "not-found" | "quota-exceeded" | "internal-error" | "maintenance" | "field-missing" | "field-invalid" | "body-invalid" | "body-too-large" | "header-too-large" | "request-malformed" | "request-timeout" | "not-authenticated" | "already-paid" | "point-amount-wrong" | "amount-wrong" | "method-unsupported" | "order-id-differs" | "user-id-differs" | "pg-token-wrong" | "cancel-above-available" | "cancel-above-approved" | "tid-unknown" | "amount-info-wrong" | "payment-expired" | "one-time-amount-wrong" | "total-amount-differs" | "order-info-wrong" | "app-info-wrong" | "cid-wrong" | "gid-wrong" | "cid-secret-wrong" | "sid-unknown" | "sid-inactive" | "sid-limit-exceeded" | "sid-user-differs" | "not-kakaotalk-user" | "approval-failure" | "cancel-failure" | "subscription-failure" | "not-approvable" | "not-cancelable" | "duplicate-request" | "limit-exceeded" | "ip-forbidden" | "domain-unregistered";
                    method_result_code?: string;
                    method_result_message?: string;
                    /** @enum {string} */
                    fault: "refuse";
                } | {
                    /**
                     * @description A refusal of the table, by name: GET /_mock/refusals lists them
                     * @enum {string}
                     */
                    refusal?: "authorization-missing" | "key-refused" | "api-forbidden" | "not-found" | "quota-exceeded" | "internal-error" | "maintenance" | "field-missing" | "field-invalid" | "body-invalid" | "body-too-large" | "header-too-large" | "request-malformed" | "request-timeout" | "not-authenticated" | "already-paid" | "point-amount-wrong" | "amount-wrong" | "method-unsupported" | "order-id-differs" | "user-id-differs" | "pg-token-wrong" | "cancel-above-available" | "cancel-above-approved" | "tid-unknown" | "amount-info-wrong" | "payment-expired" | "one-time-amount-wrong" | "total-amount-differs" | "order-info-wrong" | "app-info-wrong" | "cid-wrong" | "gid-wrong" | "cid-secret-wrong" | "sid-unknown" | "sid-inactive" | "sid-limit-exceeded" | "sid-user-differs" | "not-kakaotalk-user" | "approval-failure" | "cancel-failure" | "subscription-failure" | "not-approvable" | "not-cancelable" | "duplicate-request" | "limit-exceeded" | "ip-forbidden" | "domain-unregistered";
                    method_result_code?: string;
                    method_result_message?: string;
                    /** @enum {string} */
                    fault: "refuse-before-commit";
                } | {
                    /** @enum {string} */
                    fault: "drop-before-commit";
                } | {
                    /** @enum {string} */
                    fault: "commit-then-drop";
                } | {
                    /** @enum {string} */
                    fault: "commit-then-500";
                } | {
                    /**
                     * @description A refusal that does not prove that no money moved, by the name that KakaoPay’s error table gives it
                     * @enum {string}
                     */
                    preset?: "8008" | "BANK_FIRM_UNKNOWN" | "USER_LOCKED" | "DUPLICATE_REQUEST" | "ALREADY_PAID";
                    /**
                     * @description A refusal of the table, by name: GET /_mock/refusals lists them
                     * @enum {string}
                     */
                    refusal?: "authorization-missing" | "key-refused" | "api-forbidden" | "not-found" | "quota-exceeded" | "internal-error" | "maintenance" | "field-missing" | "field-invalid" | "body-invalid" | "body-too-large" | "header-too-large" | "request-malformed" | "request-timeout" | "not-authenticated" | "already-paid" | "point-amount-wrong" | "amount-wrong" | "method-unsupported" | "order-id-differs" | "user-id-differs" | "pg-token-wrong" | "cancel-above-available" | "cancel-above-approved" | "tid-unknown" | "amount-info-wrong" | "payment-expired" | "one-time-amount-wrong" | "total-amount-differs" | "order-info-wrong" | "app-info-wrong" | "cid-wrong" | "gid-wrong" | "cid-secret-wrong" | "sid-unknown" | "sid-inactive" | "sid-limit-exceeded" | "sid-user-differs" | "not-kakaotalk-user" | "approval-failure" | "cancel-failure" | "subscription-failure" | "not-approvable" | "not-cancelable" | "duplicate-request" | "limit-exceeded" | "ip-forbidden" | "domain-unregistered";
                    method_result_code?: string;
                    method_result_message?: string;
                    /** @enum {string} */
                    fault: "commit-then-refuse";
                } | {
                    /** @description ms as a number, or a text such as 500ms, 30s, 14m30s, 2h, 1d */
                    ms?: number | string;
                    /** @enum {string} */
                    fault: "commit-then-hang";
                } | {
                    /** @enum {string} */
                    fault: "garble";
                } | {
                    /** @description ms as a number, or a text such as 500ms, 30s, 14m30s, 2h, 1d */
                    ms?: number | string;
                    bytes?: number;
                    /** @enum {string} */
                    fault: "slow-drip";
                } | {
                    /** @description ms as a number, or a text such as 500ms, 30s, 14m30s, 2h, 1d */
                    fixed?: number | string;
                    uniform?: [
                        number | string,
                        number | string
                    ];
                    normal?: {
                        /** @description ms as a number, or a text such as 500ms, 30s, 14m30s, 2h, 1d */
                        mean: number | string;
                        /** @description ms as a number, or a text such as 500ms, 30s, 14m30s, 2h, 1d */
                        deviation: number | string;
                    };
                    /** @enum {string} */
                    fault: "latency";
                } | {
                    status?: number;
                    /** @enum {string} */
                    fault: "gateway-page";
                } | {
                    status?: number;
                    /** @enum {string} */
                    fault: "commit-then-gateway-page";
                } | {
                    /** @enum {string} */
                    fault: "new-fields";
                } | {
                    /** @enum {string} */
                    fault: "repeat-redirect";
                };
                /** @description Epoch ms */
                armed_at: number;
                matched: number;
                fired: number;
                last_fired: {
                    /** @description Epoch ms */
                    at: number;
                    journal: string | null;
                    call: string;
                    tid: string | null;
                    money_moved: boolean;
                }[];
            }[];
        };
        StatePayment: {
            tid: string;
            hash: string;
            namespace: string;
            owner: string;
            cid: string;
            sid: string | null;
            subscription: boolean;
            partner_order_id: string;
            partner_user_id: string;
            item_name: string;
            item_code: string | null;
            quantity: number;
            amount: {
                total: number;
                tax_free: number;
                vat: number;
                point: number;
                discount: number;
                green_deposit: number;
            };
            canceled: {
                total: number;
                tax_free: number;
                vat: number;
                point: number;
                discount: number;
                green_deposit: number;
            };
            approval_url: string;
            cancel_url: string;
            fail_url: string;
            /** @enum {string|null} */
            payment_method_type: "CARD" | "MONEY" | null;
            available_cards: string[] | null;
            install_month: number | null;
            /** @default false */
            use_share_installment: boolean;
            /** @default null */
            custom_json: {
                [key: string]: string;
            } | null;
            /** @default null */
            redirect_scheme_url: string | null;
            /** @enum {string} */
            status: "READY" | "SEND_TMS" | "OPEN_PAYMENT" | "SELECT_METHOD" | "ARS_WAITING" | "AUTH_PASSWORD" | "ISSUED_SID" | "SUCCESS_PAYMENT" | "PART_CANCEL_PAYMENT" | "CANCEL_PAYMENT" | "FAIL_AUTH_PASSWORD" | "QUIT_PAYMENT" | "FAIL_PAYMENT";
            choice: {
                /** @enum {string} */
                payment_method_type: "CARD" | "MONEY";
                card: string | null;
                /** @enum {string|null} */
                card_type: "CREDIT" | "CHECK" | null;
                install_month: number;
                /** @enum {string} */
                interest_free_install: "Y" | "N";
                point: number;
                discount: number;
            } | null;
            pg_token: string | null;
            payload: string | null;
            /** @description Epoch ms */
            created_at: number;
            /** @description Epoch ms */
            expires_at: number;
            /** @description Epoch ms */
            approved_at: number | null;
            /** @description Epoch ms */
            canceled_at: number | null;
            /** @description Epoch ms */
            ended_at: number | null;
            actions: {
                aid: string;
                /** @enum {string} */
                payment_action_type: "PAYMENT" | "CANCEL" | "ISSUED_SID";
                amount: {
                    total: number;
                    tax_free: number;
                    vat: number;
                    point: number;
                    discount: number;
                    green_deposit: number;
                };
                /** @description Epoch ms */
                approved_at: number;
                payload: string | null;
            }[];
        };
        StateSubscription: {
            sid: string;
            namespace: string;
            owner: string;
            cid: string;
            partner_user_id: string;
            item_name: string;
            choice: {
                /** @enum {string} */
                payment_method_type: "CARD" | "MONEY";
                card: string | null;
                /** @enum {string|null} */
                card_type: "CREDIT" | "CHECK" | null;
                install_month: number;
                /** @enum {string} */
                interest_free_install: "Y" | "N";
                point: number;
                discount: number;
            };
            /** @enum {string} */
            status: "ACTIVE" | "INACTIVE";
            /** @description Epoch ms */
            created_at: number;
            /** @description Epoch ms */
            last_approved_at: number | null;
            /** @description Epoch ms */
            inactivated_at: number | null;
            /** @default false */
            points_only: boolean;
            /** @default null */
            charges: {
                day: string;
                count: number;
            } | null;
        };
        StateInput: {
            $schema?: string;
            /** @enum {number} */
            version: 1;
            /** @default [] */
            payments: components["schemas"]["StatePaymentInput"][];
            /** @default [] */
            subscriptions: components["schemas"]["StateSubscriptionInput"][];
            /** @default [] */
            applications: {
                id: string;
                name: string;
                /** @description null: redirect URLs are not checked; an empty list refuses all of them */
                web_domains: string[] | null;
                app_schemes: string[];
                /** @description Whether the application uses the payment API; false answers −403 */
                payment_api: boolean;
                key_hash: string;
                key_mask: string;
                namespace: string;
                /** @description Epoch ms */
                created_at: number;
            }[];
            /** @default [] */
            namespaces: {
                /** @description Public name of a namespace, or its secret key */
                name: string;
                settings?: {
                    /** @enum {string} */
                    redirects?: "local" | "real";
                    appSchemes?: boolean;
                    /** @enum {string} */
                    emptyKeys?: "null" | "omit";
                    /** @enum {string} */
                    vatRemainder?: "refuse" | "clamp";
                    /** @enum {string} */
                    payer?: "manual" | "approve" | "cancel" | "fail" | "expire";
                    /** @enum {string} */
                    installMonth?: "fixed" | "max";
                    /** @enum {string} */
                    sidCid?: "any" | "same";
                    sidChargesPerDay?: number;
                    /** @enum {string} */
                    failedApprove?: "retry" | "fail";
                    quota?: number;
                    maintenance?: boolean;
                };
                clock?: {
                    frozen_at: number | null;
                    offset_ms: number;
                };
                /** @description Read, and never exported: whoever knows it can guess its ids */
                seed?: string | null;
                lease_ms?: number | null;
                key_mask?: string | null;
                label?: string | null;
                generation?: number;
                calls?: number;
                /** @description Epoch ms, ISO 8601 with a zone, or a time before the file is read, such as -1d or -2h30m */
                last_used?: number | string;
            }[];
            /** @default [] */
            faults: {
                id?: string;
                name?: string | null;
                /** @description Public name of a namespace, or its secret key */
                namespace?: string | null;
                match?: {
                    /** @description ready, approve, … or payer for what the payer does; GET /_mock/calls lists them */
                    call?: string;
                    cid?: string;
                    /** @description partner_order_id, also of the tid’s payment; * stands for any text */
                    order_id?: string;
                    tid?: string;
                    /** @description total_amount or cancel_amount in KRW; else the payment’s total */
                    amount?: number;
                    min_amount?: number;
                    max_amount?: number;
                };
                /** @description "next", "always", {"next": n} for the next n matches, {"every": n} for every n-th match, {"probability": p} for each match with this probability; with --seed a run repeats */
                when?: "next" | "always" | {
                    next: number;
                } | {
                    every: number;
                } | {
                    probability: number;
                };
                /** @description { "fault": name, …its parameters }: GET /_mock/fault-types lists them */
                do: {
                    /**
                     * @description A refusal of the table, by name: GET /_mock/refusals lists them
                     * @enum {string}
                     */
                    refusal: "authorization-missing" | "key-refused" | "api-forbidden" | "not-found" | "quota-exceeded" | "internal-error" | "maintenance" | "field-missing" | "field-invalid" | "body-invalid" | "body-too-large" | "header-too-large" | "request-malformed" | "request-timeout" | "not-authenticated" | "already-paid" | "point-amount-wrong" | "amount-wrong" | "method-unsupported" | "order-id-differs" | "user-id-differs" | "pg-token-wrong" | "cancel-above-available" | "cancel-above-approved" | "tid-unknown" | "amount-info-wrong" | "payment-expired" | "one-time-amount-wrong" | "total-amount-differs" | "order-info-wrong" | "app-info-wrong" | "cid-wrong" | "gid-wrong" | "cid-secret-wrong" | "sid-unknown" | "sid-inactive" | "sid-limit-exceeded" | "sid-user-differs" | "not-kakaotalk-user" | "approval-failure" | "cancel-failure" | "subscription-failure" | "not-approvable" | "not-cancelable" | "duplicate-request" | "limit-exceeded" | "ip-forbidden" | "domain-unregistered";
                    method_result_code?: string;
                    method_result_message?: string;
                    /** @enum {string} */
                    fault: "refuse";
                } | {
                    /**
                     * @description A refusal of the table, by name: GET /_mock/refusals lists them
                     * @enum {string}
                     */
                    refusal?: "authorization-missing" | "key-refused" | "api-forbidden" | "not-found" | "quota-exceeded" | "internal-error" | "maintenance" | "field-missing" | "field-invalid" | "body-invalid" | "body-too-large" | "header-too-large" | "request-malformed" | "request-timeout" | "not-authenticated" | "already-paid" | "point-amount-wrong" | "amount-wrong" | "method-unsupported" | "order-id-differs" | "user-id-differs" | "pg-token-wrong" | "cancel-above-available" | "cancel-above-approved" | "tid-unknown" | "amount-info-wrong" | "payment-expired" | "one-time-amount-wrong" | "total-amount-differs" | "order-info-wrong" | "app-info-wrong" | "cid-wrong" | "gid-wrong" | "cid-secret-wrong" | "sid-unknown" | "sid-inactive" | "sid-limit-exceeded" | "sid-user-differs" | "not-kakaotalk-user" | "approval-failure" | "cancel-failure" | "subscription-failure" | "not-approvable" | "not-cancelable" | "duplicate-request" | "limit-exceeded" | "ip-forbidden" | "domain-unregistered";
                    method_result_code?: string;
                    method_result_message?: string;
                    /** @enum {string} */
                    fault: "refuse-before-commit";
                } | {
                    /** @enum {string} */
                    fault: "drop-before-commit";
                } | {
                    /** @enum {string} */
                    fault: "commit-then-drop";
                } | {
                    /** @enum {string} */
                    fault: "commit-then-500";
                } | {
                    /**
                     * @description A refusal that does not prove that no money moved, by the name that KakaoPay’s error table gives it
                     * @enum {string}
                     */
                    preset?: "8008" | "BANK_FIRM_UNKNOWN" | "USER_LOCKED" | "DUPLICATE_REQUEST" | "ALREADY_PAID";
                    /**
                     * @description A refusal of the table, by name: GET /_mock/refusals lists them
                     * @enum {string}
                     */
                    refusal?: "authorization-missing" | "key-refused" | "api-forbidden" | "not-found" | "quota-exceeded" | "internal-error" | "maintenance" | "field-missing" | "field-invalid" | "body-invalid" | "body-too-large" | "header-too-large" | "request-malformed" | "request-timeout" | "not-authenticated" | "already-paid" | "point-amount-wrong" | "amount-wrong" | "method-unsupported" | "order-id-differs" | "user-id-differs" | "pg-token-wrong" | "cancel-above-available" | "cancel-above-approved" | "tid-unknown" | "amount-info-wrong" | "payment-expired" | "one-time-amount-wrong" | "total-amount-differs" | "order-info-wrong" | "app-info-wrong" | "cid-wrong" | "gid-wrong" | "cid-secret-wrong" | "sid-unknown" | "sid-inactive" | "sid-limit-exceeded" | "sid-user-differs" | "not-kakaotalk-user" | "approval-failure" | "cancel-failure" | "subscription-failure" | "not-approvable" | "not-cancelable" | "duplicate-request" | "limit-exceeded" | "ip-forbidden" | "domain-unregistered";
                    method_result_code?: string;
                    method_result_message?: string;
                    /** @enum {string} */
                    fault: "commit-then-refuse";
                } | {
                    /** @description ms as a number, or a text such as 500ms, 30s, 14m30s, 2h, 1d */
                    ms?: number | string;
                    /** @enum {string} */
                    fault: "commit-then-hang";
                } | {
                    /** @enum {string} */
                    fault: "garble";
                } | {
                    /** @description ms as a number, or a text such as 500ms, 30s, 14m30s, 2h, 1d */
                    ms?: number | string;
                    bytes?: number;
                    /** @enum {string} */
                    fault: "slow-drip";
                } | {
                    /** @description ms as a number, or a text such as 500ms, 30s, 14m30s, 2h, 1d */
                    fixed?: number | string;
                    uniform?: [
                        number | string,
                        number | string
                    ];
                    normal?: {
                        /** @description ms as a number, or a text such as 500ms, 30s, 14m30s, 2h, 1d */
                        mean: number | string;
                        /** @description ms as a number, or a text such as 500ms, 30s, 14m30s, 2h, 1d */
                        deviation: number | string;
                    };
                    /** @enum {string} */
                    fault: "latency";
                } | {
                    status?: number;
                    /** @enum {string} */
                    fault: "gateway-page";
                } | {
                    status?: number;
                    /** @enum {string} */
                    fault: "commit-then-gateway-page";
                } | {
                    /** @enum {string} */
                    fault: "new-fields";
                } | {
                    /** @enum {string} */
                    fault: "repeat-redirect";
                };
                /** @description Epoch ms, ISO 8601 with a zone, or a time before the file is read, such as -1d or -2h30m */
                armed_at?: number | string;
                matched?: number;
                fired?: number;
                last_fired?: {
                    /** @description Epoch ms */
                    at: number;
                    journal: string | null;
                    call: string;
                    tid: string | null;
                    money_moved: boolean;
                }[];
            }[];
        };
        StatePaymentInput: {
            tid: string;
            hash?: string;
            /** @description Public name of a namespace, or its secret key */
            namespace: string;
            owner?: string;
            cid: string;
            sid?: string | null;
            subscription?: boolean;
            partner_order_id: string;
            partner_user_id: string;
            item_name: string;
            item_code?: string | null;
            quantity?: number;
            amount: {
                total: number;
                tax_free?: number;
                vat?: number;
                point?: number;
                discount?: number;
                green_deposit?: number;
            };
            canceled?: {
                total: number;
                tax_free?: number;
                vat?: number;
                point?: number;
                discount?: number;
                green_deposit?: number;
            };
            approval_url?: string;
            cancel_url?: string;
            fail_url?: string;
            /** @enum {string|null} */
            payment_method_type?: "CARD" | "MONEY" | null;
            available_cards?: string[] | null;
            install_month?: number | null;
            /** @default false */
            use_share_installment: boolean;
            /** @default null */
            custom_json: {
                [key: string]: string;
            } | null;
            /** @default null */
            redirect_scheme_url: string | null;
            /** @enum {string} */
            status?: "READY" | "SEND_TMS" | "OPEN_PAYMENT" | "SELECT_METHOD" | "ARS_WAITING" | "AUTH_PASSWORD" | "ISSUED_SID" | "SUCCESS_PAYMENT" | "PART_CANCEL_PAYMENT" | "CANCEL_PAYMENT" | "FAIL_AUTH_PASSWORD" | "QUIT_PAYMENT" | "FAIL_PAYMENT";
            choice?: {
                /** @enum {string} */
                payment_method_type: "CARD" | "MONEY";
                card: string | null;
                /** @enum {string|null} */
                card_type: "CREDIT" | "CHECK" | null;
                install_month: number;
                /** @enum {string} */
                interest_free_install: "Y" | "N";
                point: number;
                discount: number;
            } | null;
            pg_token?: string | null;
            payload?: string | null;
            /** @description Epoch ms, ISO 8601 with a zone, or a time before the file is read, such as -1d or -2h30m */
            created_at?: number | string;
            /** @description Epoch ms, ISO 8601 with a zone, or a time before the file is read, such as -1d or -2h30m */
            expires_at?: number | string;
            /** @description Epoch ms, ISO 8601 with a zone, or a time before the file is read, such as -1d or -2h30m */
            approved_at?: number | string | null;
            /** @description Epoch ms, ISO 8601 with a zone, or a time before the file is read, such as -1d or -2h30m */
            canceled_at?: number | string | null;
            /** @description Epoch ms, ISO 8601 with a zone, or a time before the file is read, such as -1d or -2h30m */
            ended_at?: number | string | null;
            actions?: {
                aid: string;
                /** @enum {string} */
                payment_action_type: "PAYMENT" | "CANCEL" | "ISSUED_SID";
                amount: {
                    total: number;
                    tax_free: number;
                    vat: number;
                    point: number;
                    discount: number;
                    green_deposit: number;
                };
                /** @description Epoch ms, ISO 8601 with a zone, or a time before the file is read, such as -1d or -2h30m */
                approved_at: number | string;
                payload: string | null;
            }[];
        };
        StateSubscriptionInput: {
            sid: string;
            /** @description Public name of a namespace, or its secret key */
            namespace: string;
            owner?: string;
            cid: string;
            partner_user_id: string;
            item_name: string;
            choice?: {
                /** @enum {string} */
                payment_method_type: "CARD" | "MONEY";
                card: string | null;
                /** @enum {string|null} */
                card_type: "CREDIT" | "CHECK" | null;
                install_month: number;
                /** @enum {string} */
                interest_free_install: "Y" | "N";
                point: number;
                discount: number;
            };
            /** @enum {string} */
            status?: "ACTIVE" | "INACTIVE";
            /** @description Epoch ms, ISO 8601 with a zone, or a time before the file is read, such as -1d or -2h30m */
            created_at?: number | string;
            /** @description Epoch ms, ISO 8601 with a zone, or a time before the file is read, such as -1d or -2h30m */
            last_approved_at?: number | string | null;
            /** @description Epoch ms, ISO 8601 with a zone, or a time before the file is read, such as -1d or -2h30m */
            inactivated_at?: number | string | null;
            /** @default false */
            points_only: boolean;
            /** @default null */
            charges: {
                day: string;
                count: number;
            } | null;
        };
        FaultRule: {
            id: string;
            name: string | null;
            /** @description Public name: ns_ and 12 hex digits of the key’s SHA-256 */
            namespace: string | null;
            match: {
                /** @description ready, approve, … or payer for what the payer does; GET /_mock/calls lists them */
                call?: string;
                cid?: string;
                /** @description partner_order_id, also of the tid’s payment; * stands for any text */
                order_id?: string;
                tid?: string;
                /** @description total_amount or cancel_amount in KRW; else the payment’s total */
                amount?: number;
                min_amount?: number;
                max_amount?: number;
            };
            /** @description "next", "always", {"next": n} for the next n matches, {"every": n} for every n-th match, {"probability": p} for each match with this probability; with --seed a run repeats */
            when: "next" | "always" | {
                next: number;
            } | {
                every: number;
            } | {
                probability: number;
            };
            do: components["schemas"]["FaultSpec"];
            /**
             * Format: date-time
             * @description ISO 8601, UTC
             */
            armed_at: string;
            /** @description False when it has fired as often as it was told */
            armed: boolean;
            matched: number;
            fired: number;
            /** @description The last 20 */
            last_fired: {
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC
                 */
                time: string;
                /** @description ULID of the journal’s entry */
                journal: string | null;
                call: string;
                tid: string | null;
                money_moved: boolean;
            }[];
        };
        /** @description { "fault": name, …its parameters }: GET /_mock/fault-types lists them */
        FaultSpec: {
            /**
             * @description A refusal of the table, by name: GET /_mock/refusals lists them
             * @enum {string}
             */
            refusal: "authorization-missing" | "key-refused" | "api-forbidden" | "not-found" | "quota-exceeded" | "internal-error" | "maintenance" | "field-missing" | "field-invalid" | "body-invalid" | "body-too-large" | "header-too-large" | "request-malformed" | "request-timeout" | "not-authenticated" | "already-paid" | "point-amount-wrong" | "amount-wrong" | "method-unsupported" | "order-id-differs" | "user-id-differs" | "pg-token-wrong" | "cancel-above-available" | "cancel-above-approved" | "tid-unknown" | "amount-info-wrong" | "payment-expired" | "one-time-amount-wrong" | "total-amount-differs" | "order-info-wrong" | "app-info-wrong" | "cid-wrong" | "gid-wrong" | "cid-secret-wrong" | "sid-unknown" | "sid-inactive" | "sid-limit-exceeded" | "sid-user-differs" | "not-kakaotalk-user" | "approval-failure" | "cancel-failure" | "subscription-failure" | "not-approvable" | "not-cancelable" | "duplicate-request" | "limit-exceeded" | "ip-forbidden" | "domain-unregistered";
            method_result_code?: string;
            method_result_message?: string;
            /** @enum {string} */
            fault: "refuse";
        } | {
            /**
             * @description A refusal of the table, by name: GET /_mock/refusals lists them
             * @enum {string}
             */
            refusal?: "authorization-missing" | "key-refused" | "api-forbidden" | "not-found" | "quota-exceeded" | "internal-error" | "maintenance" | "field-missing" | "field-invalid" | "body-invalid" | "body-too-large" | "header-too-large" | "request-malformed" | "request-timeout" | "not-authenticated" | "already-paid" | "point-amount-wrong" | "amount-wrong" | "method-unsupported" | "order-id-differs" | "user-id-differs" | "pg-token-wrong" | "cancel-above-available" | "cancel-above-approved" | "tid-unknown" | "amount-info-wrong" | "payment-expired" | "one-time-amount-wrong" | "total-amount-differs" | "order-info-wrong" | "app-info-wrong" | "cid-wrong" | "gid-wrong" | "cid-secret-wrong" | "sid-unknown" | "sid-inactive" | "sid-limit-exceeded" | "sid-user-differs" | "not-kakaotalk-user" | "approval-failure" | "cancel-failure" | "subscription-failure" | "not-approvable" | "not-cancelable" | "duplicate-request" | "limit-exceeded" | "ip-forbidden" | "domain-unregistered";
            method_result_code?: string;
            method_result_message?: string;
            /** @enum {string} */
            fault: "refuse-before-commit";
        } | {
            /** @enum {string} */
            fault: "drop-before-commit";
        } | {
            /** @enum {string} */
            fault: "commit-then-drop";
        } | {
            /** @enum {string} */
            fault: "commit-then-500";
        } | {
            /**
             * @description A refusal that does not prove that no money moved, by the name that KakaoPay’s error table gives it
             * @enum {string}
             */
            preset?: "8008" | "BANK_FIRM_UNKNOWN" | "USER_LOCKED" | "DUPLICATE_REQUEST" | "ALREADY_PAID";
            /**
             * @description A refusal of the table, by name: GET /_mock/refusals lists them
             * @enum {string}
             */
            refusal?: "authorization-missing" | "key-refused" | "api-forbidden" | "not-found" | "quota-exceeded" | "internal-error" | "maintenance" | "field-missing" | "field-invalid" | "body-invalid" | "body-too-large" | "header-too-large" | "request-malformed" | "request-timeout" | "not-authenticated" | "already-paid" | "point-amount-wrong" | "amount-wrong" | "method-unsupported" | "order-id-differs" | "user-id-differs" | "pg-token-wrong" | "cancel-above-available" | "cancel-above-approved" | "tid-unknown" | "amount-info-wrong" | "payment-expired" | "one-time-amount-wrong" | "total-amount-differs" | "order-info-wrong" | "app-info-wrong" | "cid-wrong" | "gid-wrong" | "cid-secret-wrong" | "sid-unknown" | "sid-inactive" | "sid-limit-exceeded" | "sid-user-differs" | "not-kakaotalk-user" | "approval-failure" | "cancel-failure" | "subscription-failure" | "not-approvable" | "not-cancelable" | "duplicate-request" | "limit-exceeded" | "ip-forbidden" | "domain-unregistered";
            method_result_code?: string;
            method_result_message?: string;
            /** @enum {string} */
            fault: "commit-then-refuse";
        } | {
            /** @description ms as a number, or a text such as 500ms, 30s, 14m30s, 2h, 1d */
            ms?: number | string;
            /** @enum {string} */
            fault: "commit-then-hang";
        } | {
            /** @enum {string} */
            fault: "garble";
        } | {
            /** @description ms as a number, or a text such as 500ms, 30s, 14m30s, 2h, 1d */
            ms?: number | string;
            bytes?: number;
            /** @enum {string} */
            fault: "slow-drip";
        } | {
            /** @description ms as a number, or a text such as 500ms, 30s, 14m30s, 2h, 1d */
            fixed?: number | string;
            uniform?: [
                number | string,
                number | string
            ];
            normal?: {
                /** @description ms as a number, or a text such as 500ms, 30s, 14m30s, 2h, 1d */
                mean: number | string;
                /** @description ms as a number, or a text such as 500ms, 30s, 14m30s, 2h, 1d */
                deviation: number | string;
            };
            /** @enum {string} */
            fault: "latency";
        } | {
            status?: number;
            /** @enum {string} */
            fault: "gateway-page";
        } | {
            status?: number;
            /** @enum {string} */
            fault: "commit-then-gateway-page";
        } | {
            /** @enum {string} */
            fault: "new-fields";
        } | {
            /** @enum {string} */
            fault: "repeat-redirect";
        };
        Moved: {
            clocks: components["schemas"]["Clock"][];
            /** @description Payments whose 15 minutes ended by this move */
            due: {
                tid: string;
                /** @description Public name: ns_ and 12 hex digits of the key’s SHA-256 */
                namespace: string;
                /** @enum {string} */
                what: "expired";
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC
                 */
                at: string;
            }[];
        };
        Finding: {
            tid: string;
            /** @description Public name: ns_ and 12 hex digits of the key’s SHA-256 */
            namespace: string;
            partner_order_id: string;
            status: string;
            moved: {
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC
                 */
                at: string;
                /** @enum {string} */
                type: "PAYMENT" | "CANCEL" | "ISSUED_SID";
                total: number;
                aid: string;
            }[];
            answers: {
                journal: string;
                /**
                 * Format: date-time
                 * @description By the namespace’s clock, as `moved` is
                 */
                time: string;
                call: string;
                status: number | null;
                delivered: boolean;
                text: string;
            }[];
            /** @description Calls after the first lost answer */
            asked_afterwards: string[];
            verdicts: {
                /** @enum {string} */
                name: "answer-lost" | "refused-but-moved" | "refused-but-moved-recovered" | "token-never-used" | "cancel-answer-lost" | "approved-twice-tried" | "approve-refused" | "answer-recovered" | "delivery-unknown" | "calls-forgotten" | "in-order";
                /** @enum {string} */
                level: "settled" | "notice" | "unknown" | "unsettled";
                text: string;
            }[];
            /** @description False where a verdict is unsettled or unknown */
            settled: boolean;
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
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ok";
                        version: string;
                        payments: number;
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": string;
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    token: string;
                };
                "application/x-www-form-urlencoded": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ok";
                    };
                };
            };
            /** @description Done; a browser goes on to the dashboard. */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    payments: {
        parameters: {
            query?: {
                /** @description Public name or secret key; also as header x-kakaopay-mock-namespace. Default: all. */
                namespace?: string;
                status?: "READY" | "SEND_TMS" | "OPEN_PAYMENT" | "SELECT_METHOD" | "ARS_WAITING" | "AUTH_PASSWORD" | "ISSUED_SID" | "SUCCESS_PAYMENT" | "PART_CANCEL_PAYMENT" | "CANCEL_PAYMENT" | "FAIL_AUTH_PASSWORD" | "QUIT_PAYMENT" | "FAIL_PAYMENT";
                expired?: "true" | "false";
                order_id?: string;
                sid?: string;
                /** @description A text in tid, order, user, item or cid */
                text?: string;
                order?: "newest" | "oldest" | "largest" | "smallest";
                limit?: number;
            };
            header?: {
                /** @description Public name or secret key of the namespace that the call is about. Default: all. */
                "x-kakaopay-mock-namespace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        payments: components["schemas"]["PaymentSummary"][];
                        /** @description How many match */
                        total: number;
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    payment: {
        parameters: {
            query?: {
                /** @description Public name or secret key; also as header x-kakaopay-mock-namespace. Default: all. */
                namespace?: string;
            };
            header?: {
                /** @description Public name or secret key of the namespace that the call is about. Default: all. */
                "x-kakaopay-mock-namespace"?: string;
            };
            path: {
                tid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    payer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A tid, or the hash of the payer’s page */
                tid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "send_message" | "open" | "select_method" | "approve" | "cancel" | "fail" | "expire";
                    /** @enum {string} */
                    method?: "CARD" | "MONEY";
                    /** @description A card code such as SHINHAN, within what ready allowed */
                    card?: string;
                    /** @enum {string} */
                    card_type?: "CREDIT" | "CHECK";
                    install_month?: number;
                    /** @enum {string} */
                    interest_free_install?: "Y" | "N";
                    /** @description Paid with points, in KRW, within the total */
                    point?: number;
                    /** @description Discounted, in KRW, within the total */
                    discount?: number;
                    /** @description Call the redirect URL as the payer’s browser would */
                    follow?: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description null where the browser stays */
                        redirect_url: string | null;
                        pg_token?: string;
                        status: string;
                        /** @description With a repeat-redirect rule: what the merchant answered the first time */
                        repeated?: {
                            hops: {
                                url: string;
                                status: number | null;
                                error?: string;
                            }[];
                            body: string;
                        };
                        /** @description With follow: what the merchant answered */
                        merchant?: {
                            hops: {
                                url: string;
                                status: number | null;
                                error?: string;
                            }[];
                            body: string;
                        };
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    previewCancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    cancel_amount: number;
                    /** @default 0 */
                    cancel_tax_free_amount?: number;
                    cancel_vat_amount?: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The line that the cancel would add */
                        line: {
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            at: string;
                            aid: string | null;
                            /** @enum {string} */
                            type: "ORDER" | "PAYMENT" | "CANCEL" | "ISSUED_SID";
                            moved: {
                                total: number;
                                tax_free: number;
                                vat: number;
                            };
                            /** @description What can still be cancelled after this line */
                            left: {
                                total: number;
                                tax_free: number;
                                vat: number;
                            };
                            /** @description How the VAT comes about: vat 200 = (2200 − 0) / 11, rounded */
                            vat: string;
                        } | null;
                        /** @description What cancel would answer */
                        refusal: {
                            name: string;
                            error_code: number;
                            error_message: string;
                        } | null;
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    merchantCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                call: "ready" | "approve" | "order" | "cancel" | "subscription" | "inactive" | "status";
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Whose key is sent: public name, or the key itself. Default: DEV_TEST_PAYMENT */
                    namespace?: string;
                    /** @description The secret key of namespace, where no call with it has come in since the start: it is kept in memory alone, as that of any call */
                    key?: string;
                    /** @description The body of the call */
                    body: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description A fault rule closed the connection. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    subscriptions: {
        parameters: {
            query?: {
                /** @description Public name or secret key; also as header x-kakaopay-mock-namespace. Default: all. */
                namespace?: string;
                limit?: number;
            };
            header?: {
                /** @description Public name or secret key of the namespace that the call is about. Default: all. */
                "x-kakaopay-mock-namespace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        subscriptions: components["schemas"]["Subscription"][];
                        total: number;
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    applications: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        applications: components["schemas"]["Application"][];
                        any_key_works: boolean;
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    registerApplication: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name: string;
                    /**
                     * @description null: redirect URLs are not checked; an empty list refuses all of them
                     * @default null
                     */
                    web_domains?: string[] | null;
                    /** @default [] */
                    app_schemes?: string[];
                    /**
                     * @description Whether the application uses the payment API; false answers −403
                     * @default true
                     */
                    payment_api?: boolean;
                };
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        /** @description null: redirect URLs are not checked; an empty list refuses all of them */
                        web_domains: string[] | null;
                        app_schemes: string[];
                        /** @description Whether the application uses the payment API; false answers −403 */
                        payment_api: boolean;
                        /** @description DEV and 37 upper-case hex digits, shown this once */
                        secret_key: string;
                        namespace: string;
                        /** @description From the config: comes back with the next start */
                        configured: boolean;
                        /**
                         * Format: date-time
                         * @description ISO 8601, UTC
                         */
                        created_at: string;
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    application: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Application"];
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    removeApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        removed: number;
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    changeApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    /** @description null: redirect URLs are not checked; an empty list refuses all of them */
                    web_domains?: string[] | null;
                    app_schemes?: string[];
                    /** @description Whether the application uses the payment API; false answers −403 */
                    payment_api?: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Application"];
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reissueKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        /** @description null: redirect URLs are not checked; an empty list refuses all of them */
                        web_domains: string[] | null;
                        app_schemes: string[];
                        /** @description Whether the application uses the payment API; false answers −403 */
                        payment_api: boolean;
                        /** @description DEV and 37 upper-case hex digits, shown this once */
                        secret_key: string;
                        namespace: string;
                        /** @description From the config: comes back with the next start */
                        configured: boolean;
                        /**
                         * Format: date-time
                         * @description ISO 8601, UTC
                         */
                        created_at: string;
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    namespaces: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        namespaces: components["schemas"]["Namespace"][];
                        /** @description How many there are */
                        total: number;
                        /** @description How many there can be: --max-namespaces */
                        limit: number;
                        settings: components["schemas"]["Settings"] & unknown;
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    changeNamespaces: {
        parameters: {
            query?: never;
            header?: {
                /** @description Public name or secret key of the namespace that the call is about. Default: all. */
                "x-kakaopay-mock-namespace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Dropped when unused for so long; null: never */
                    lease?: number | string | null;
                    /** @description Another name for lease */
                    ttl?: number | string | null;
                    settings?: {
                        /** @enum {string} */
                        redirects?: "local" | "real";
                        appSchemes?: boolean;
                        /** @enum {string} */
                        emptyKeys?: "null" | "omit";
                        /** @enum {string} */
                        vatRemainder?: "refuse" | "clamp";
                        /** @enum {string} */
                        payer?: "manual" | "approve" | "cancel" | "fail" | "expire";
                        /** @enum {string} */
                        installMonth?: "fixed" | "max";
                        /** @enum {string} */
                        sidCid?: "any" | "same";
                        sidChargesPerDay?: number;
                        /** @enum {string} */
                        failedApprove?: "retry" | "fail";
                        quota?: number;
                        maintenance?: boolean;
                    };
                    /** @description What to call it, so that several test keys can be told apart; null removes it */
                    label?: string | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        namespaces: number;
                        settings: components["schemas"]["Settings"];
                        lease_ms: number | null;
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    namespace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Namespace"];
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    changeNamespace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Dropped when unused for so long; null: never */
                    lease?: number | string | null;
                    /** @description Another name for lease */
                    ttl?: number | string | null;
                    settings?: {
                        /** @enum {string} */
                        redirects?: "local" | "real";
                        appSchemes?: boolean;
                        /** @enum {string} */
                        emptyKeys?: "null" | "omit";
                        /** @enum {string} */
                        vatRemainder?: "refuse" | "clamp";
                        /** @enum {string} */
                        payer?: "manual" | "approve" | "cancel" | "fail" | "expire";
                        /** @enum {string} */
                        installMonth?: "fixed" | "max";
                        /** @enum {string} */
                        sidCid?: "any" | "same";
                        sidChargesPerDay?: number;
                        /** @enum {string} */
                        failedApprove?: "retry" | "fail";
                        quota?: number;
                        maintenance?: boolean;
                    };
                    /** @description What to call it, so that several test keys can be told apart; null removes it */
                    label?: string | null;
                    /** @description Makes its ids repeatable from now on */
                    seed?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Namespace"];
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    removeNamespace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        removed: number;
                        payments: number;
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    resetNamespace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        payments: number;
                        entries: number;
                        faults: number;
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reset: {
        parameters: {
            query?: never;
            header?: {
                /** @description Public name or secret key of the namespace that the call is about. Default: all. */
                "x-kakaopay-mock-namespace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        namespaces: number;
                        payments: number;
                        entries: number;
                        faults: number;
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    exportState: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["State"];
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    importState: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StateInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        payments: number;
                        subscriptions: number;
                        applications: number;
                        namespaces: number;
                        faults: number;
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        settings: {
                            name: string;
                            flag: string;
                            /** @description The environment variable */
                            variable: string;
                            value?: unknown;
                            default?: unknown;
                            /** @enum {string} */
                            origin: "flag" | "environment" | "file" | "options" | "default";
                            help: string;
                            /** @description Those it takes, where they are few */
                            values: string[] | null;
                        }[];
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    journal: {
        parameters: {
            query?: {
                /** @description Public name or secret key; also as header x-kakaopay-mock-namespace. Default: all. */
                namespace?: string;
                tid?: string;
                order_id?: string;
                call?: "ready" | "approve" | "order" | "cancel" | "subscription" | "inactive" | "status" | "payer";
                status?: number | null;
                /** @description A refusal of the table, by name: GET /_mock/refusals lists them */
                refusal?: "authorization-missing" | "key-refused" | "api-forbidden" | "not-found" | "quota-exceeded" | "internal-error" | "maintenance" | "field-missing" | "field-invalid" | "body-invalid" | "body-too-large" | "header-too-large" | "request-malformed" | "request-timeout" | "not-authenticated" | "already-paid" | "point-amount-wrong" | "amount-wrong" | "method-unsupported" | "order-id-differs" | "user-id-differs" | "pg-token-wrong" | "cancel-above-available" | "cancel-above-approved" | "tid-unknown" | "amount-info-wrong" | "payment-expired" | "one-time-amount-wrong" | "total-amount-differs" | "order-info-wrong" | "app-info-wrong" | "cid-wrong" | "gid-wrong" | "cid-secret-wrong" | "sid-unknown" | "sid-inactive" | "sid-limit-exceeded" | "sid-user-differs" | "not-kakaotalk-user" | "approval-failure" | "cancel-failure" | "subscription-failure" | "not-approvable" | "not-cancelable" | "duplicate-request" | "limit-exceeded" | "ip-forbidden" | "domain-unregistered";
                /** @description A text in the path, the request or the answer */
                text?: string;
                since?: string | number | (number | null) | null;
                until?: string | number | (number | null) | null;
                /** @description Only entries newer than this ULID */
                after?: string;
                as?: "json" | "har";
                limit?: number;
            };
            header?: {
                /** @description Public name or secret key of the namespace that the call is about. Default: all. */
                "x-kakaopay-mock-namespace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Newest first */
                        entries: components["schemas"]["Call"][];
                        /** @description How many match */
                        total: number;
                        kept: number;
                        /** @description How many were pushed out by newer ones */
                        dropped: number;
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    clearJournal: {
        parameters: {
            query?: {
                /** @description Public name or secret key; also as header x-kakaopay-mock-namespace. Default: all. */
                namespace?: string;
            };
            header?: {
                /** @description Public name or secret key of the namespace that the call is about. Default: all. */
                "x-kakaopay-mock-namespace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        removed: number;
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    countJournal: {
        parameters: {
            query?: {
                /** @description Public name or secret key; also as header x-kakaopay-mock-namespace. Default: all. */
                namespace?: string;
                tid?: string;
                order_id?: string;
                call?: "ready" | "approve" | "order" | "cancel" | "subscription" | "inactive" | "status" | "payer";
                status?: number | null;
                /** @description A refusal of the table, by name: GET /_mock/refusals lists them */
                refusal?: "authorization-missing" | "key-refused" | "api-forbidden" | "not-found" | "quota-exceeded" | "internal-error" | "maintenance" | "field-missing" | "field-invalid" | "body-invalid" | "body-too-large" | "header-too-large" | "request-malformed" | "request-timeout" | "not-authenticated" | "already-paid" | "point-amount-wrong" | "amount-wrong" | "method-unsupported" | "order-id-differs" | "user-id-differs" | "pg-token-wrong" | "cancel-above-available" | "cancel-above-approved" | "tid-unknown" | "amount-info-wrong" | "payment-expired" | "one-time-amount-wrong" | "total-amount-differs" | "order-info-wrong" | "app-info-wrong" | "cid-wrong" | "gid-wrong" | "cid-secret-wrong" | "sid-unknown" | "sid-inactive" | "sid-limit-exceeded" | "sid-user-differs" | "not-kakaotalk-user" | "approval-failure" | "cancel-failure" | "subscription-failure" | "not-approvable" | "not-cancelable" | "duplicate-request" | "limit-exceeded" | "ip-forbidden" | "domain-unregistered";
                /** @description A text in the path, the request or the answer */
                text?: string;
                since?: string | number | (number | null) | null;
                until?: string | number | (number | null) | null;
                /** @description Only entries newer than this ULID */
                after?: string;
            };
            header?: {
                /** @description Public name or secret key of the namespace that the call is about. Default: all. */
                "x-kakaopay-mock-namespace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        count: number;
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    waitJournal: {
        parameters: {
            query?: {
                /** @description Public name or secret key; also as header x-kakaopay-mock-namespace. Default: all. */
                namespace?: string;
                tid?: string;
                order_id?: string;
                call?: "ready" | "approve" | "order" | "cancel" | "subscription" | "inactive" | "status" | "payer";
                status?: number | null;
                /** @description A refusal of the table, by name: GET /_mock/refusals lists them */
                refusal?: "authorization-missing" | "key-refused" | "api-forbidden" | "not-found" | "quota-exceeded" | "internal-error" | "maintenance" | "field-missing" | "field-invalid" | "body-invalid" | "body-too-large" | "header-too-large" | "request-malformed" | "request-timeout" | "not-authenticated" | "already-paid" | "point-amount-wrong" | "amount-wrong" | "method-unsupported" | "order-id-differs" | "user-id-differs" | "pg-token-wrong" | "cancel-above-available" | "cancel-above-approved" | "tid-unknown" | "amount-info-wrong" | "payment-expired" | "one-time-amount-wrong" | "total-amount-differs" | "order-info-wrong" | "app-info-wrong" | "cid-wrong" | "gid-wrong" | "cid-secret-wrong" | "sid-unknown" | "sid-inactive" | "sid-limit-exceeded" | "sid-user-differs" | "not-kakaotalk-user" | "approval-failure" | "cancel-failure" | "subscription-failure" | "not-approvable" | "not-cancelable" | "duplicate-request" | "limit-exceeded" | "ip-forbidden" | "domain-unregistered";
                /** @description A text in the path, the request or the answer */
                text?: string;
                since?: string | number | (number | null) | null;
                until?: string | number | (number | null) | null;
                /** @description Only entries newer than this ULID */
                after?: string;
                count?: number;
                /** @description At most 60 s */
                timeout?: number | string;
            };
            header?: {
                /** @description Public name or secret key of the namespace that the call is about. Default: all. */
                "x-kakaopay-mock-namespace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entries: components["schemas"]["Call"][];
                    };
                };
            };
            /** @description Too few calls matched in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error_code: number;
                        error_message: string;
                        near: {
                            differs: string;
                            entry: components["schemas"]["Call"];
                        }[];
                    };
                };
            };
            /** @description Too many calls wait. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    journalEntry: {
        parameters: {
            query?: {
                as?: "json" | "curl" | "har" | "fixture";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Call"];
                    "text/plain": string;
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    faults: {
        parameters: {
            query?: {
                /** @description Public name or secret key; also as header x-kakaopay-mock-namespace. Default: all. */
                namespace?: string;
                unfired?: "true" | "false";
            };
            header?: {
                /** @description Public name or secret key of the namespace that the call is about. Default: all. */
                "x-kakaopay-mock-namespace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        faults: components["schemas"]["FaultRule"][];
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    armFault: {
        parameters: {
            query?: never;
            header?: {
                /** @description Public name or secret key of the namespace that the call is about. Default: all. */
                "x-kakaopay-mock-namespace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    /** @description Default: the call’s, else every namespace */
                    namespace?: string;
                    /** @default {} */
                    match?: {
                        /** @description ready, approve, … or payer for what the payer does; GET /_mock/calls lists them */
                        call?: string;
                        cid?: string;
                        /** @description partner_order_id, also of the tid’s payment; * stands for any text */
                        order_id?: string;
                        tid?: string;
                        /** @description total_amount or cancel_amount in KRW; else the payment’s total */
                        amount?: number;
                        min_amount?: number;
                        max_amount?: number;
                    };
                    /**
                     * @description "next", "always", {"next": n} for the next n matches, {"every": n} for every n-th match, {"probability": p} for each match with this probability; with --seed a run repeats
                     * @default next
                     */
                    when?: "next" | "always" | {
                        next: number;
                    } | {
                        every: number;
                    } | {
                        probability: number;
                    };
                    do: components["schemas"]["FaultSpec"];
                };
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaultRule"];
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disarmFaults: {
        parameters: {
            query?: {
                /** @description Public name or secret key; also as header x-kakaopay-mock-namespace. Default: all. */
                namespace?: string;
            };
            header?: {
                /** @description Public name or secret key of the namespace that the call is about. Default: all. */
                "x-kakaopay-mock-namespace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        removed: number;
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    rule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaultRule"];
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disarmFault: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        removed: number;
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    faultTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        fault_types: {
                            name: string;
                            summary: string;
                            money: string;
                            /** @description JSON Schema of its parameters */
                            params: {
                                [key: string]: unknown;
                            };
                        }[];
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    clock: {
        parameters: {
            query?: {
                /** @description Public name or secret key; also as header x-kakaopay-mock-namespace. Default: all. */
                namespace?: string;
            };
            header?: {
                /** @description Public name or secret key of the namespace that the call is about. Default: all. */
                "x-kakaopay-mock-namespace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        clocks: components["schemas"]["Clock"][];
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    freezeClock: {
        parameters: {
            query?: {
                /** @description Public name or secret key; also as header x-kakaopay-mock-namespace. Default: all. */
                namespace?: string;
            };
            header?: {
                /** @description Public name or secret key of the namespace that the call is about. Default: all. */
                "x-kakaopay-mock-namespace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Public name or secret key; also as header x-kakaopay-mock-namespace. Default: all. */
                    namespace?: string;
                    /** @description Default: now */
                    at?: string | number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Moved"];
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    offsetClock: {
        parameters: {
            query?: {
                /** @description Public name or secret key; also as header x-kakaopay-mock-namespace. Default: all. */
                namespace?: string;
            };
            header?: {
                /** @description Public name or secret key of the namespace that the call is about. Default: all. */
                "x-kakaopay-mock-namespace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Public name or secret key; also as header x-kakaopay-mock-namespace. Default: all. */
                    namespace?: string;
                    /** @description From the system’s clock */
                    by: number | string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Moved"];
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    advanceClock: {
        parameters: {
            query?: {
                /** @description Public name or secret key; also as header x-kakaopay-mock-namespace. Default: all. */
                namespace?: string;
            };
            header?: {
                /** @description Public name or secret key of the namespace that the call is about. Default: all. */
                "x-kakaopay-mock-namespace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Public name or secret key; also as header x-kakaopay-mock-namespace. Default: all. */
                    namespace?: string;
                    /** @description ms as a number, or a text such as 500ms, 30s, 14m30s, 2h, 1d */
                    by: number | string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Moved"];
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setClock: {
        parameters: {
            query?: {
                /** @description Public name or secret key; also as header x-kakaopay-mock-namespace. Default: all. */
                namespace?: string;
            };
            header?: {
                /** @description Public name or secret key of the namespace that the call is about. Default: all. */
                "x-kakaopay-mock-namespace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Public name or secret key; also as header x-kakaopay-mock-namespace. Default: all. */
                    namespace?: string;
                    /** @description ISO 8601 with a zone, such as 2026-01-01T00:00:00+09:00, or epoch ms */
                    at: string | number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Moved"];
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    resumeClock: {
        parameters: {
            query?: {
                /** @description Public name or secret key; also as header x-kakaopay-mock-namespace. Default: all. */
                namespace?: string;
            };
            header?: {
                /** @description Public name or secret key of the namespace that the call is about. Default: all. */
                "x-kakaopay-mock-namespace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Public name or secret key; also as header x-kakaopay-mock-namespace. Default: all. */
                    namespace?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Moved"];
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    audit: {
        parameters: {
            query?: {
                /** @description Public name or secret key; also as header x-kakaopay-mock-namespace. Default: all. */
                namespace?: string;
                as?: "json" | "text";
                /** @description Findings in the answer; all payments are judged and counted */
                limit?: number;
            };
            header?: {
                /** @description Public name or secret key of the namespace that the call is about. Default: all. */
                "x-kakaopay-mock-namespace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether every payment is: nothing is unsettled and nothing unknown */
                        settled: boolean;
                        payments: number;
                        unsettled: number;
                        /** @description Payments of which the journal no longer holds enough to judge */
                        unknown: number;
                        /** @description Unsettled ones first, then unknown ones, then as they were prepared */
                        findings: components["schemas"]["Finding"][];
                        /** @description Ids of faults that were armed and never fired */
                        unfired: string[];
                        /** @description False where it is turned off: then which answers were delivered is not known */
                        journal: boolean;
                        /** @description Calls that newer ones pushed out of the journal, of every namespace */
                        calls_forgotten: number;
                    };
                    "text/plain": string;
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deviations: {
        parameters: {
            query?: never;
            header?: {
                /** @description Public name or secret key of the namespace that the call is about. Default: all. */
                "x-kakaopay-mock-namespace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether calls are passed on */
                        relay: boolean;
                        deviations: {
                            call: string;
                            /** @description The rule or requirement of the contract */
                            rule: string;
                            /** @enum {string} */
                            evidence: "documented" | "observed" | "inferred";
                            source: string;
                            /** @description Where in the exchange */
                            at: string;
                            expected: string;
                            actual: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            first_at: string;
                            /**
                             * Format: date-time
                             * @description ISO 8601, UTC
                             */
                            last_at: string;
                            count: number;
                        }[];
                        /** @description Different ones beyond the limit, which are not kept */
                        dropped: number;
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    events: {
        parameters: {
            query?: {
                /** @description Public name or secret key; also as header x-kakaopay-mock-namespace. Default: all. */
                namespace?: string;
            };
            header?: {
                /** @description Public name or secret key of the namespace that the call is about. Default: all. */
                "x-kakaopay-mock-namespace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events, until the client leaves. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Too many watchers. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    calls: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        calls: {
                            name: string;
                            method: string;
                            path: string;
                            summary: string;
                            /** @enum {string} */
                            evidence: "documented" | "observed" | "inferred";
                            source: string;
                        }[];
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    refusals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        refusals: {
                            name: string;
                            when: string;
                            status: number;
                            error_code: number;
                            error_message: string;
                            /** @enum {string} */
                            evidence: "documented" | "observed" | "inferred";
                            source: string;
                            wording: {
                                /** @enum {string} */
                                evidence: "documented" | "observed" | "inferred";
                                source: string;
                            };
                            extras: {
                                [key: string]: string;
                            } | null;
                        }[];
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rules: {
                            id: string;
                            level: string;
                            sentence: string;
                            refusal: string;
                            /** @enum {string} */
                            evidence: "documented" | "observed" | "inferred";
                            source: string;
                        }[];
                    };
                };
            };
            /** @description Refused. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
