//! The staff's page of groups, and the names of permissions.

texts! {
    Groups {
        title: "Groups", "그룹";
        lead: "A group gives its members permissions, and opens apps to them. Changes count at once.", "그룹은 구성원에게 권한을 주고 앱을 열어 줍니다. 바꾸면 바로 적용됩니다.";
        none: "There is no group yet.", "아직 그룹이 없습니다.";
        new: "New group", "새 그룹";
        name: "Group name", "그룹 이름";
        create: "Create group", "그룹 만들기";
        permissions: "Permissions", "권한";
        no_permissions: "none", "없음";
        signing_in: "Signing in", "로그인";
        second_factor: "Its members must have a second factor; who has none sets one up first", "구성원은 2단계 인증을 써야 하며, 없으면 먼저 설정해야 합니다";
        members: "Members", "구성원";
        no_members: "Nobody is in this group yet.", "아직 이 그룹에 아무도 없습니다.";
        more_members: "Show more", "더 보기";
        add: "Add", "추가";
        add_member: "Username or email to add", "추가할 사용자 이름 또는 이메일";
        remove: "Remove", "빼기";
        save: "Save", "저장";
        delete: "Delete group", "그룹 삭제";
        delete_lead: "Its members lose what it permits at once.", "구성원은 이 그룹이 준 권한을 바로 잃습니다.";
        empty_name: "Enter a name.", "이름을 입력해 주세요.";
        long_name: "Use at most 60 characters.", "60자 이하로 입력해 주세요.";
        odd_name: "Use visible characters on one line.", "눈에 보이는 글자만 한 줄로 써 주세요.";
        taken_name: "There is a group of this name already.", "이 이름의 그룹이 이미 있습니다.";
        no_such_user: "There is no user of this name.", "이런 사용자가 없습니다.";
        add_post: "Write posts (every member may)", "글 쓰기(모든 회원이 할 수 있음)";
        change_post: "Edit anyone's posts", "모든 글 수정";
        delete_post: "Delete anyone's posts", "모든 글 삭제";
        view_post: "Read posts (everyone may)", "글 읽기(누구나 할 수 있음)";
    }
}
