//! The apps: the staff's page of them, and their place on the dashboard.

texts! {
    Apps {
        title: "Apps", "앱";
        lead: "Members find these apps on their dashboard. Changes count at once.", "회원의 대시보드에 보이는 앱입니다. 바꾸면 바로 적용됩니다.";
        none: "There is no app yet. Add the first one.", "아직 앱이 없어요. 첫 앱을 추가해 주세요.";
        new: "New app", "새 앱";
        add: "Add app", "앱 추가";
        address_hint: "Where the link leads, such as https://mail.example.org.", "링크가 가리키는 곳입니다. 예: https://mail.example.org";
        icon_hint: "One letter, digit or emoji. Leave empty to use the first letter of the name.", "글자, 숫자, 이모지 중 하나입니다. 비워 두면 이름의 첫 글자를 씁니다.";
        groups_hint: "Members of the chosen groups. Choose none to open it to every member.", "고른 그룹의 구성원만 열 수 있습니다. 아무것도 고르지 않으면 모든 회원이 열 수 있습니다.";
        no_groups: "Every member. To open it to some only, make a group first.", "모든 회원. 일부에게만 열려면 먼저 그룹을 만들어 주세요.";
        email: "Email address", "이메일 주소";
        unverified_email: "Also pass on addresses that are not confirmed", "확인되지 않은 이메일 주소도 전달";
        unverified_email_hint: "Behind a proxy, the app gets a member's address once it is confirmed. An address that is not confirmed may belong to someone else.", "프록시 뒤에 있는 앱에는 확인된 이메일 주소만 전달됩니다. 확인되지 않은 주소는 다른 사람의 것일 수 있습니다.";
        every_member: "Every member", "모든 회원";
        nobody: "Nobody: its groups were deleted", "아무도 열 수 없음: 그룹이 삭제되었습니다";
        closed: "The groups that this app was for were deleted, so nobody can open it now. Choose groups, or save it without any to open it to every member.", "이 앱을 열 수 있던 그룹이 삭제되어 지금은 아무도 열 수 없습니다. 그룹을 골라 저장해 주세요. 고르지 않고 저장하면 모든 회원이 열 수 있게 됩니다.";
        edit: "Edit", "수정";
        save: "Save", "저장";
        delete: "Remove app", "앱 삭제";
        delete_lead: "It disappears from every dashboard at once. The app itself is not touched.", "모든 대시보드에서 바로 사라집니다. 앱 자체는 그대로입니다.";
        none_open: "No apps yet", "아직 앱이 없어요";
        add_some: "Add an app", "앱 추가";
        empty_name: "Enter a name.", "이름을 입력해 주세요.";
        long_name: "Use at most 60 characters.", "60자 이하로 입력해 주세요.";
        odd_name: "Use visible characters on one line.", "눈에 보이는 글자만 한 줄로 써 주세요.";
        empty_address: "Enter the app's address.", "앱의 주소를 입력해 주세요.";
        long_address: "Use an address of at most 500 bytes.", "500바이트 이하의 주소를 입력해 주세요.";
        odd_address: "Enter a whole address without spaces, such as https://mail.example.org.", "https://mail.example.org 처럼 빈칸 없는 전체 주소를 입력해 주세요.";
        wrong_scheme: "Begin the address with https:// or http://.", "https:// 또는 http:// 로 시작하는 주소를 입력해 주세요.";
        userinfo: "Leave out the name and password before @: everyone could read them.", "@ 앞의 이름과 비밀번호를 빼 주세요. 누구나 볼 수 있게 됩니다.";
        odd_icon: "Use one letter, digit or emoji.", "글자, 숫자, 이모지 중 하나만 써 주세요.";
        groups_gone: "A group that you chose is no longer there. Please choose again.", "고르신 그룹 중 없어진 그룹이 있습니다. 다시 골라 주세요.";
        none_open_lead: "Apps you're allowed to open show up here.", "열 수 있는 앱이 여기에 보여요.";
    }
}
