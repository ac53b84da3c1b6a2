//! The staff's pages of users.

texts! {
    Users {
        title: "Users", "사용자";
        search_label: "Name or email", "이름 또는 이메일";
        status: "Status", "상태";
        any: "All", "전체";
        staff: "Staff", "관리자";
        disabled: "Disabled", "사용 중지";
        email_confirmed: "Confirmed", "확인됨";
        email_unconfirmed: "Not confirmed", "확인 안 됨";
        confirm_email: "Mark as confirmed", "확인된 주소로 표시";
        since: "Since", "가입";
        groups: "Groups", "그룹";
        no_groups: "There is no group yet.", "아직 그룹이 없습니다.";
        make_group: "Make one", "그룹 만들기";
        save_groups: "Save groups", "그룹 저장";
        account: "Account", "계정";
        id: "Number", "번호";
        last_failure: "Last failed sign-in", "마지막 로그인 실패";
        second_factor: "Second factor", "2단계 인증";
        no_factor: "None", "없음";
        never: "None on record", "기록 없음";
        acts: "What you can do", "할 수 있는 일";
        this_is_you: "This is your own account. Look after it on your own pages.", "내 계정입니다. 내 페이지에서 관리해 주세요.";
        own_pages: "Your security page", "내 보안 페이지";
        disable: "Disable", "사용 중지";
        disable_lead: "Forbids signing in, ends every session and deletes the API tokens at once. Nothing else is lost.", "로그인을 막고 모든 세션을 바로 종료하며 API 토큰을 삭제합니다. 다른 데이터는 그대로 남습니다.";
        enable: "Enable", "사용 재개";
        enable_lead: "Allows signing in again. What was ended or deleted stays so.", "다시 로그인할 수 있게 합니다. 종료된 세션과 삭제된 토큰은 되살아나지 않습니다.";
        end_sessions: "End all sessions", "모든 세션 종료";
        end_sessions_lead: "Signs them out everywhere at once.", "모든 곳에서 바로 로그아웃됩니다.";
        require: "Require a new password", "새 비밀번호 요구";
        require_lead: "The current password and the API tokens stop working at once. Their address gets a link and a code to choose a new one.", "지금 비밀번호와 API 토큰은 바로 쓸 수 없게 됩니다. 새 비밀번호를 정할 링크와 코드를 본인에게 메일로 보냅니다.";
        mail_recovery: "Start a recovery by mail", "메일로 계정 복구 시작";
        mail_recovery_lead: "For somebody who has lost everything they sign in with: their address gets a link and a code to a new password, which takes the second factors away. Nothing changes before they use it.", "로그인할 방법을 모두 잃은 사람에게 새 비밀번호를 정할 링크와 코드를 메일로 보냅니다. 그것을 쓰면 2단계 인증도 해제되며, 그 전까지는 아무것도 바뀌지 않습니다.";
        require_staff: "For fellow staff, an operator sets passwords and removes second factors on the command line.", "다른 관리자의 비밀번호와 2단계 인증은 운영자가 명령줄에서만 바꾸거나 해제할 수 있습니다.";
        link_open: "A link is open until", "열린 링크의 만료 시각";
        sessions: "Sessions", "세션";
        no_sessions: "Not signed in anywhere.", "로그인된 곳이 없습니다.";
        events: "Recent events", "최근 기록";
        all_events: "All of them", "전체 기록";
        link_title: "A new password is required", "새 비밀번호를 요구했습니다";
        link_lead: "This site has no mail server, so hand over this link in person or by a channel you trust. It is shown only now, works once, and for a day. The audit log records that you have seen it.", "이 사이트에는 메일 서버가 없으니 이 링크를 직접 만나거나 믿을 수 있는 방법으로 전달해 주세요. 지금 한 번만 표시되며, 하루 동안 한 번 쓸 수 있습니다. 링크를 보았다는 사실이 감사 기록에 남습니다.";
        link: "Link", "링크";
        back: "Back to the user", "사용자로 돌아가기";
    }
}
