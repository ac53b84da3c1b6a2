// @generated automatically by Diesel CLI.

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
    }
}

diesel::table! {
    changes (id) {
        id -> BigInt,
        at -> BigInt,
        session_key -> Nullable<Text>,
        user_id -> Nullable<BigInt>,
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
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    audit_events,
    changes,
    embedded_sessions,
    ended_sessions,
    users,
);
