texts! {
    /// The sessions page.
    Sessions {
        title: "Sessions", "로그인 기기";
        lead: "You're signed in on these devices and apps. Signing one out takes effect at once.", "로그인된 기기와 앱이에요. 로그아웃하면 바로 적용돼요.";
        this_one: "This device", "이 기기";
        unknown_device: "Unknown device", "알 수 없는 기기";
        seen: "Last seen", "마지막 사용";
        since: "Since", "로그인:";
        browser_only: "until the browser closes", "브라우저를 닫을 때까지";
        app: "API client", "API 클라이언트";
        end: "Sign out", "로그아웃";
        end_others: "Sign out all others", "다른 기기 모두 로그아웃";
        trusted_title: "Trusted devices", "신뢰하는 기기";
        trusted_lead: "No code needed here, only your password.", "인증 코드 없이 비밀번호만으로 로그인하는 기기예요.";
        trusted_since: "Since", "등록:";
        trusted_until: "until", "만료:";
        forget: "Stop trusting", "신뢰 해제";
    }
}
