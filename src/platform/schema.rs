// @generated automatically by Diesel CLI.

diesel::table! {
    api_tokens (id) {
        id -> BigInt,
        user_id -> BigInt,
        hash -> Text,
        name -> Text,
        scope -> Text,
        by_password -> Bool,
        created_at -> BigInt,
        expires_at -> Nullable<BigInt>,
        last_used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    application_groups (application_id, group_id) {
        application_id -> BigInt,
        group_id -> BigInt,
    }
}

diesel::table! {
    applications (id) {
        id -> BigInt,
        name -> Text,
        address -> Text,
        icon -> Text,
        created_at -> BigInt,
        restricted -> Bool,
        unverified_email -> Bool,
    }
}

diesel::table! {
    audit_events (id) {
        id -> BigInt,
        at -> BigInt,
        event -> Text,
        user_id -> Nullable<BigInt>,
        actor_id -> Nullable<BigInt>,
        address -> Text,
        device -> Text,
        request_id -> Text,
        subject -> Text,
    }
}

diesel::table! {
    audit_repeats (event_id) {
        event_id -> BigInt,
        source -> Text,
        at -> BigInt,
        count -> BigInt,
        last_at -> BigInt,
    }
}

diesel::table! {
    changes (id) {
        id -> BigInt,
        at -> BigInt,
        session_key -> Nullable<Text>,
        user_id -> Nullable<BigInt>,
        topic -> Nullable<Text>,
        group_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    embedded_sessions (key) {
        key -> Text,
        user_id -> Nullable<BigInt>,
        state -> Binary,
        seen_at -> BigInt,
        expires_at -> BigInt,
    }
}

diesel::table! {
    ended_sessions (key) {
        key -> Text,
        successor -> Nullable<Text>,
        at -> BigInt,
        until -> BigInt,
    }
}

diesel::table! {
    group_members (group_id, user_id) {
        group_id -> BigInt,
        user_id -> BigInt,
    }
}

diesel::table! {
    group_permissions (group_id, permission) {
        group_id -> BigInt,
        permission -> Text,
    }
}

diesel::table! {
    groups (id) {
        id -> BigInt,
        name -> Text,
        name_key -> Text,
        created_at -> BigInt,
        second_factor -> Bool,
    }
}

diesel::table! {
    passkeys (id) {
        id -> BigInt,
        user_id -> BigInt,
        credential_id -> Text,
        name -> Text,
        passkey -> Text,
        created_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    identities (id) {
        id -> BigInt,
        provider -> Text,
        issuer -> Text,
        subject -> Text,
        user_id -> BigInt,
        label -> Text,
        created_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    invitations (user_id) {
        user_id -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    key_generations (number) {
        number -> BigInt,
        salt -> Text,
        secret -> Text,
        made_at -> BigInt,
        used_since -> Nullable<BigInt>,
    }
}

diesel::table! {
    lasting_keys (name) {
        name -> Text,
        sealed -> Text,
    }
}

diesel::table! {
    mail_tokens (id) {
        id -> BigInt,
        purpose -> Text,
        user_id -> Nullable<BigInt>,
        email -> Text,
        payload -> Text,
        token_hash -> Text,
        request_hash -> Nullable<Text>,
        code_hash -> Nullable<Text>,
        wrong_codes -> BigInt,
        created_at -> BigInt,
        expires_at -> BigInt,
    }
}

diesel::table! {
    marks (name) {
        name -> Text,
        at -> BigInt,
    }
}

diesel::table! {
    daily_counts (day, name) {
        day -> BigInt,
        name -> Text,
        count -> BigInt,
    }
}

diesel::table! {
    account_totals (id) {
        id -> BigInt,
        users -> BigInt,
        staff -> BigInt,
        disabled -> BigInt,
        protected -> BigInt,
    }
}

diesel::table! {
    notices_sent (id) {
        id -> BigInt,
        subject -> Text,
        notice -> Text,
        sent_at -> BigInt,
    }
}

diesel::table! {
    oidc_assertions (hash) {
        hash -> Text,
        expires_at -> BigInt,
    }
}

diesel::table! {
    oidc_client_groups (client, group_id) {
        client -> BigInt,
        group_id -> BigInt,
    }
}

diesel::table! {
    oidc_client_logos (client) {
        client -> BigInt,
        name -> Text,
        content -> Binary,
    }
}

diesel::table! {
    oidc_retired_algs (alg) {
        alg -> Text,
        until -> BigInt,
    }
}

diesel::table! {
    oidc_client_secrets (id) {
        id -> BigInt,
        client -> BigInt,
        hash -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    oidc_clients (id) {
        id -> BigInt,
        client_id -> Text,
        name -> Text,
        name_key -> Text,
        registration -> Text,
        restricted -> Bool,
        disabled -> Bool,
        declared -> Bool,
        created_at -> BigInt,
    }
}

diesel::table! {
    oidc_codes (hash) {
        hash -> Text,
        client -> BigInt,
        user_id -> BigInt,
        session_key -> Text,
        sid -> Text,
        epoch -> BigInt,
        request -> Text,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
        grant_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    oidc_consents (user_id, client) {
        user_id -> BigInt,
        client -> BigInt,
        scope -> Text,
        created_at -> BigInt,
        resources -> Text,
    }
}

diesel::table! {
    oidc_devices (hash) {
        hash -> Text,
        user_code -> Text,
        client -> BigInt,
        address -> Text,
        counted_as -> Text,
        request -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
        pause -> BigInt,
        asked_at -> BigInt,
        allowed -> Nullable<Bool>,
    }
}

diesel::table! {
    oidc_grants (id) {
        id -> BigInt,
        client -> BigInt,
        user_id -> BigInt,
        login_key -> Text,
        session_key -> Text,
        sid -> Text,
        epoch -> BigInt,
        id_token -> Bool,
        details -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
        refresh_generation -> BigInt,
        refresh_hash -> Nullable<Text>,
        refresh_salt -> Text,
        refreshed_at -> BigInt,
    }
}

diesel::table! {
    oidc_keys (generation) {
        generation -> BigInt,
        sealed -> Text,
    }
}

diesel::table! {
    oidc_logins (client, sid, session_key) {
        client -> BigInt,
        sid -> Text,
        session_key -> Text,
        user_id -> BigInt,
        epoch -> BigInt,
        two_factors -> Bool,
        expires_at -> BigInt,
    }
}

diesel::table! {
    oidc_logout_results (client) {
        client -> BigInt,
        delivered_at -> Nullable<BigInt>,
        failed_at -> Nullable<BigInt>,
        failure -> Nullable<Text>,
        given_up -> Bool,
    }
}

diesel::table! {
    oidc_logouts (id) {
        id -> BigInt,
        client -> BigInt,
        user_id -> BigInt,
        sid -> Text,
        jti -> Text,
        created_at -> BigInt,
        due_at -> BigInt,
        attempts -> BigInt,
        lease -> Nullable<Text>,
    }
}

diesel::table! {
    oidc_pushed (hash) {
        hash -> Text,
        client -> BigInt,
        counted_as -> Text,
        parameters -> Text,
        expires_at -> BigInt,
    }
}

diesel::table! {
    oidc_pushed_by_address (hash) {
        hash -> Text,
        client_id -> Text,
        counted_as -> Text,
        parameters -> Text,
        expires_at -> BigInt,
    }
}

diesel::table! {
    oidc_refusals (id) {
        id -> BigInt,
        client -> BigInt,
        at -> BigInt,
        parameter -> Text,
        received -> Text,
        registered -> Text,
    }
}

diesel::table! {
    outbox (id) {
        id -> BigInt,
        message_id -> Text,
        sealed -> Binary,
        created_at -> BigInt,
        give_up_at -> BigInt,
        attempts -> BigInt,
        due_at -> BigInt,
        lease -> Nullable<Text>,
        handed_over_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    password_links (token_hash) {
        token_hash -> Text,
        user_id -> BigInt,
        created_at -> BigInt,
        expires_at -> BigInt,
    }
}

diesel::table! {
    posts (id) {
        id -> BigInt,
        author_id -> Nullable<BigInt>,
        title -> Text,
        body -> Text,
        version -> BigInt,
        created_at -> BigInt,
        edited_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    recovery_codes (user_id, hash) {
        user_id -> BigInt,
        hash -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    refresh_tokens (session_key) {
        session_key -> Text,
        user_id -> BigInt,
        generation -> BigInt,
        hash -> Text,
        salt -> Text,
        scope -> Text,
        made_at -> BigInt,
        expires_at -> BigInt,
    }
}

diesel::table! {
    retired_names (name_hash) {
        name_hash -> Text,
        until -> BigInt,
    }
}

diesel::table! {
    stages (token_hash) {
        token_hash -> Text,
        user_id -> BigInt,
        epoch -> BigInt,
        first -> Integer,
        remember -> Bool,
        next -> Text,
        expires_at -> BigInt,
        failures -> Integer,
        upstream -> Nullable<Text>,
    }
}

diesel::table! {
    totp (user_id) {
        user_id -> BigInt,
        secret -> Text,
        last_step -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    trusted_devices (id) {
        id -> BigInt,
        token_hash -> Text,
        user_id -> BigInt,
        epoch -> BigInt,
        device -> Text,
        address -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
    }
}

diesel::table! {
    upstream_arrivals (browser_hash, provider) {
        browser_hash -> Text,
        provider -> Text,
        details -> Text,
        expires_at -> BigInt,
    }
}

diesel::table! {
    upstream_attempts (state_hash) {
        state_hash -> Text,
        browser_hash -> Text,
        provider -> Text,
        details -> Text,
        answer -> Nullable<Text>,
        expires_at -> BigInt,
    }
}

diesel::table! {
    upstream_logouts (jti_hash) {
        jti_hash -> Text,
        expires_at -> BigInt,
    }
}

diesel::table! {
    upstream_sessions (session_key) {
        session_key -> Text,
        user_id -> BigInt,
        provider -> Text,
        issuer -> Text,
        subject -> Text,
        sid -> Nullable<Text>,
        expires_at -> BigInt,
    }
}

diesel::table! {
    used_challenges (id) {
        id -> Text,
        until -> BigInt,
    }
}

diesel::table! {
    users (id) {
        id -> BigInt,
        username -> Text,
        username_key -> Text,
        email -> Text,
        email_key -> Text,
        display_name -> Text,
        password_hash -> Text,
        password_changed_at -> BigInt,
        language -> Nullable<Text>,
        theme -> Text,
        staff -> Bool,
        disabled -> Bool,
        epoch -> BigInt,
        created_at -> BigInt,
        last_failure_at -> Nullable<BigInt>,
        factors_since -> Nullable<BigInt>,
        email_verified_at -> Nullable<BigInt>,
        updated_at -> Nullable<BigInt>,
        time_zone -> Nullable<Text>,
    }
}

diesel::table! {
    form_answers (id) {
        id -> Text,
        answer -> Binary,
        expires_at -> BigInt,
    }
}

diesel::joinable!(api_tokens -> users (user_id));
diesel::joinable!(application_groups -> applications (application_id));
diesel::joinable!(application_groups -> groups (group_id));
diesel::joinable!(group_members -> groups (group_id));
diesel::joinable!(group_members -> users (user_id));
diesel::joinable!(group_permissions -> groups (group_id));
diesel::joinable!(identities -> users (user_id));
diesel::joinable!(invitations -> users (user_id));
diesel::joinable!(upstream_sessions -> users (user_id));
diesel::joinable!(passkeys -> users (user_id));
diesel::joinable!(mail_tokens -> users (user_id));
diesel::joinable!(password_links -> users (user_id));
diesel::joinable!(posts -> users (author_id));
diesel::joinable!(recovery_codes -> users (user_id));
diesel::joinable!(oidc_client_logos -> oidc_clients (client));
diesel::joinable!(oidc_consents -> oidc_clients (client));
diesel::joinable!(refresh_tokens -> users (user_id));
diesel::joinable!(stages -> users (user_id));
diesel::joinable!(totp -> users (user_id));
diesel::joinable!(trusted_devices -> users (user_id));

diesel::allow_tables_to_appear_in_same_query!(
    account_totals,
    api_tokens,
    application_groups,
    applications,
    audit_events,
    audit_repeats,
    changes,
    daily_counts,
    embedded_sessions,
    ended_sessions,
    form_answers,
    group_members,
    group_permissions,
    groups,
    passkeys,
    identities,
    invitations,
    key_generations,
    lasting_keys,
    mail_tokens,
    marks,
    notices_sent,
    oidc_assertions,
    oidc_client_groups,
    oidc_client_logos,
    oidc_client_secrets,
    oidc_clients,
    oidc_codes,
    oidc_consents,
    oidc_devices,
    oidc_grants,
    oidc_keys,
    oidc_logins,
    oidc_logout_results,
    oidc_logouts,
    oidc_pushed,
    oidc_pushed_by_address,
    oidc_refusals,
    oidc_retired_algs,
    outbox,
    password_links,
    posts,
    recovery_codes,
    refresh_tokens,
    retired_names,
    stages,
    totp,
    trusted_devices,
    upstream_arrivals,
    upstream_attempts,
    upstream_logouts,
    upstream_sessions,
    used_challenges,
    users,
);
