texts! {
    /// The profile page.
    Profile {
        title: "Profile", "프로필";
        submit: "Save", "저장";
        username_fixed: "Your username cannot be changed.", "사용자 이름은 바꿀 수 없습니다.";
        email_hint: "Changing it may ask for your password.", "바꿀 때 비밀번호를 물어볼 수 있습니다.";
        confirm_email: "To change your email, type your password too.", "이메일을 바꾸려면 비밀번호도 입력해 주세요.";
        delete_title: "Delete account", "계정 삭제";
        delete_lead: "Removes the account and ends all of its sessions. This cannot be undone.", "계정을 지우고 모든 세션을 종료합니다. 되돌릴 수 없습니다.";
        delete_link: "Delete my account", "내 계정 삭제";
        delete_explain: "Type your password to delete the account. Everything that belongs to it goes with it, at once.", "계정을 삭제하려면 비밀번호를 입력해 주세요. 계정에 속한 것은 모두 바로 사라집니다.";
        delete_submit: "Delete for good", "영구 삭제";
    }
}
