//! Texts of the staff's pages.

texts! {
    Admin {
        navigation: "Staff pages", "관리 페이지";
        users: "Users", "사용자";
        groups: "Groups", "그룹";
        apps: "Apps", "앱";
        sessions: "Sessions", "세션";
        audit: "Audit log", "감사 기록";
        search: "Search", "검색";
        filter: "Filter", "필터";
        clear: "Clear", "지우기";
        next: "Next page", "다음 페이지";
        nothing: "Nothing matches.", "일치하는 항목이 없어요.";
    }
}
