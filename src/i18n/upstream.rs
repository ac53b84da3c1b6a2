//! Sign-in with an account at another provider.

texts! {
    Upstream {
        title: "Linked accounts", "연결된 계정";
        lead: "Accounts at other services that sign you in here.", "여기에 로그인할 수 있는 다른 서비스 계정이에요.";
        not_linked: "Not linked", "연결 안 됨";
        link: "Link", "연결";
        unlink: "Unlink", "연결 해제";
        owner_signs_in: "An account here has this email address already. If it’s yours, sign in to it, then link the two.", "이 이메일 주소를 쓰는 계정이 이미 있어요. 내 계정이라면 먼저 로그인한 뒤 연결해 주세요.";
        confirm_lead: "This concerns the ways into your account, so confirm that it’s you.", "계정에 들어오는 방법과 관련된 일이라 본인 확인이 필요해요.";
        set_password: "You have no password here. You can set one by a link that we mail you, and confirm with it.", "이 계정에는 비밀번호가 없어요. 메일로 받는 링크로 비밀번호를 정하면 그것으로 확인할 수 있어요.";
        set_password_link: "Set a password", "비밀번호 정하기";
    }
}
