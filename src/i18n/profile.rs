texts! {
    /// The profile page.
    Profile {
        title: "Profile", "프로필";
        submit: "Save", "저장";
        username_fixed: "You can't change your username.", "아이디는 바꿀 수 없어요.";
        email_hint: "Changing it asks you to confirm it's you.", "바꿀 때 본인 확인이 필요해요.";
        delete_title: "Delete your account?", "계정을 삭제할까요?";
        delete_lead: "This can't be undone, by you or by the people who run this site.", "나도, 이 사이트의 운영자도 되돌릴 수 없어요.";
        delete_link: "Delete account", "계정 삭제";
        last_staff: "This is the only staff account that can sign in. Give another account staff rights first: the people who run this site can do that with munjigi user promote.", "로그인할 수 있는 유일한 관리자 계정이에요. 먼저 다른 계정에 관리자 권한을 주세요. 운영자가 munjigi user promote 명령으로 줄 수 있어요.";
        delete_submit: "Delete my account", "내 계정 삭제";
        about: "About you", "내 정보";
        about_lead: "Apps you connect can see this.", "연결한 앱에서 볼 수 있는 정보예요.";
        looks: "Language, time zone and theme", "언어, 시간대, 테마";
        delete_hint: "Removes your account and signs you out everywhere.", "계정을 지우고 모든 기기에서 로그아웃해요.";
        delete_posts: "Your posts stay on the board without your name, as “someone who left”.", "게시판의 글은 이름 없이 ‘탈퇴한 회원’의 글로 남아요.";
        delete_apps: "Data inside the apps isn't touched. Ask each app to delete it.", "앱에 있는 데이터는 그대로예요. 앱마다 따로 삭제를 요청해 주세요.";
        keep: "Keep it", "계정 유지";
    }
}
