//! API tokens: their page, what they may do, and what programs are told that get one.

texts! {
    Tokens {
        title: "API tokens", "API 토큰";
        lead: "A token lets a program act for you, within what you choose, without your password. It works on the API only, never on these pages.", "토큰을 쓰면 프로그램이 비밀번호 없이, 내가 허용한 범위에서 나를 대신해 일할 수 있습니다. API에서만 쓸 수 있고 이 사이트의 페이지는 열 수 없습니다.";
        ends: "A token is refused everywhere as soon as you delete it, and when your password changes. Ending sessions does not touch it.", "토큰을 삭제하거나 비밀번호를 바꾸면 모든 곳에서 바로 거부됩니다. 세션을 종료해도 토큰은 남습니다.";
        empty: "You have no tokens yet. Make one below for a script, an app or a server of yours.", "아직 토큰이 없습니다. 스크립트나 앱, 서버에서 쓸 토큰을 아래에서 만들어 보세요.";
        scopes: "May", "할 수 있는 일";
        by_password: "A program got it with your password", "프로그램이 비밀번호로 받은 토큰";
        expires: "Expires", "만료";
        never: "Never", "만료 없음";
        expired: "Expired", "만료됨";
        used: "Last used", "마지막 사용";
        unused: "Not yet", "사용한 적 없음";
        created: "Created", "만든 때";
        delete: "Delete", "삭제";
        new_title: "New token", "새 토큰";
        name_hint: "What it is for, for instance: Backup script", "어디에 쓰는지 적어 두세요. 예: 백업 스크립트";
        scopes_hint: "Choose only what the program needs.", "프로그램에 필요한 것만 고르세요.";
        days_30: "In 30 days", "30일 뒤";
        days_90: "In 90 days", "90일 뒤";
        days_365: "In a year", "1년 뒤";
        submit: "Make token", "토큰 만들기";
        made_title: "Your new token", "새 토큰이 만들어졌습니다";
        made_lead: "Copy it now and keep it like a password: it is shown only this once. Whoever holds it can do what you have chosen.", "지금 복사해 비밀번호처럼 보관해 주세요. 이 화면에서 한 번만 표시됩니다. 이 토큰을 가진 사람은 누구나 허용된 일을 할 수 있습니다.";
        token: "Token", "토큰";
        try_it: "Try it in a terminal", "터미널에서 써 보기";
        done: "I have copied it", "복사했습니다";
        profile_read: "Read your profile", "프로필 읽기";
        profile_write: "Change your profile", "프로필 바꾸기";
        sessions_read: "List your sessions", "세션 목록 보기";
        sessions_write: "End your sessions", "세션 종료하기";
        posts_read: "Read the board", "게시판 읽기";
        posts_write: "Write, edit and delete on the board", "게시판에 쓰고 고치고 지우기";
        security_read: "List your API tokens", "API 토큰 목록 보기";
        security_write: "Change your password and make API tokens", "비밀번호를 바꾸고 API 토큰 만들기";
        empty_name: "Give it a name.", "이름을 입력해 주세요.";
        no_scopes: "Choose at least one.", "하나 이상 골라 주세요.";
        beyond_granted: "This goes beyond what your own token may do.", "사용 중인 토큰의 권한을 넘는 항목이 있습니다.";
        past_expiry: "This is in the past.", "이미 지난 시각입니다.";
        late_expiry: "Choose a time within ten years.", "10년 이내로 정해 주세요.";
        odd_expiry: "Give a time such as 2030-01-31T09:00:00Z.", "2030-01-31T09:00:00Z 같은 시각을 입력해 주세요.";
        too_many: "You have 50 tokens, which is as many as one may have. Delete one first.", "토큰은 50개까지 만들 수 있습니다. 먼저 하나를 삭제해 주세요.";
        some_program: "A program", "프로그램";
        required: "This field is required.", "필수 항목입니다.";
        null: "This field may not be null.", "null일 수 없습니다.";
        blank: "This field may not be blank.", "비워 둘 수 없습니다.";
        no_text: "Not a valid string.", "올바른 문자열이 아닙니다.";
        wrong: "Unable to log in with provided credentials.", "입력한 정보로는 로그인할 수 없습니다.";
    }
}
