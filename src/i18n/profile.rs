texts! {
    /// The profile page.
    Profile {
        title: "Profile", "프로필";
        submit: "Save", "저장";
        username_fixed: "Your username cannot be changed.", "사용자 이름은 바꿀 수 없습니다.";
        email_hint: "Changing it may ask you to confirm that it is you.", "바꿀 때 본인 확인을 할 수 있습니다.";
        delete_title: "Delete account", "계정 삭제";
        delete_lead: "Removes the account and ends all of its sessions. This cannot be undone.", "계정을 지우고 모든 세션을 종료합니다. 되돌릴 수 없습니다.";
        delete_link: "Delete my account", "내 계정 삭제";
        delete_explain: "Everything that belongs to the account goes with it, at once. Nobody can bring it back.", "계정에 속한 것은 모두 바로 사라지며, 누구도 되돌릴 수 없습니다.";
        last_staff: "This is the only staff account that can sign in. Give another account staff rights first: the operator runs munjigi user promote.", "로그인할 수 있는 유일한 관리자 계정입니다. 먼저 다른 계정에 관리자 권한을 주세요. 운영자가 munjigi user promote 명령으로 줄 수 있습니다.";
        delete_submit: "Delete for good", "영구 삭제";
    }
}
