//! The staff's page of groups, and the names of permissions.

texts! {
    Groups {
        title: "Groups", "그룹";
        lead: "A group gives its members permissions and opens apps to them.", "그룹은 구성원에게 권한을 주고 앱을 열어 줘요.";
        none: "There’s no group yet.", "아직 그룹이 없어요.";
        new: "New group", "새 그룹";
        name: "Group name", "그룹 이름";
        create: "Create group", "그룹 만들기";
        permissions: "Permissions", "권한";
        no_permissions: "none", "없음";
        signing_in: "Signing in", "로그인";
        second_factor: "Its members need two-step verification and set it up first", "구성원은 2단계 인증을 먼저 설정해야 해요";
        members: "Members", "구성원";
        no_members: "This group has no members yet.", "아직 구성원이 없어요.";
        more_members: "Show more", "더 보기";
        add: "Add", "추가";
        add_member: "Username or email to add", "추가할 아이디 또는 이메일";
        remove: "Remove", "빼기";
        save: "Save", "저장";
        delete: "Delete group", "그룹 삭제";
        empty_name: "Enter a name.", "이름을 입력해 주세요.";
        long_name: "Use at most 60 characters.", "60자 이하로 입력해 주세요.";
        odd_name: "Use visible characters on one line.", "눈에 보이는 글자만 한 줄로 입력해 주세요.";
        taken_name: "This name is taken. Try another.", "이미 있는 그룹 이름이에요. 다른 이름을 입력해 주세요.";
        no_such_user: "There is no user of this name.", "이런 사용자가 없어요.";
        add_post: "Write posts (every member may)", "글 쓰기(모든 회원)";
        change_post: "Edit anyone's posts", "모든 글 수정";
        delete_post: "Delete anyone's posts", "모든 글 삭제";
        view_post: "Read posts (everyone may)", "글 읽기(누구나)";
        settings: "Name and rights", "이름과 권한";
        keep: "Keep it", "그대로 두기";
        delete_undone: "This can’t be undone.", "되돌릴 수 없어요.";
        delete_stays: "The accounts of its members stay", "구성원의 계정은 남아요";
    }
}
