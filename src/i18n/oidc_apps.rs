//! Apps that sign people in by OpenID Connect, on the staff's pages: what they are registered with, and what is wrong with it.

use crate::identity::oidc::{AuthMethod, GrantType, Preset};

texts! {
    OidcApps {
        new_title: "Add an app", "앱 추가";
        new_lead: "What kind of app is it?", "어떤 앱인가요?";
        behind_proxy: "Behind a proxy", "프록시 뒤의 앱";
        behind_proxy_lead: "An app without a sign-in of its own. Your proxy asks here who may open it.", "자체 로그인이 없는 앱이에요. 프록시가 누가 열 수 있는지 여기에 물어요.";
        openid: "OpenID Connect", "OpenID Connect 앱";
        openid_lead: "An app that signs people in here itself. Choose it to have everything filled in.", "직접 여기로 로그인하는 앱이에요. 고르면 필요한 값이 채워져요.";
        own_app: "Another app", "다른 앱";
        mcp_client: "MCP client", "MCP 클라이언트";
        address: "The app’s address", "앱의 주소";
        address_hint: "Where people open it, such as https://grafana.example.org.", "사람들이 앱을 여는 주소예요. 예: https://grafana.example.org";
        mcp_hint: "The address of the MCP server, such as https://mcp.example.org/notes.", "MCP 서버의 주소예요. 예: https://mcp.example.org/notes";
        more: "More settings", "추가 설정";
        derived_hint: "One a line. Leave empty to have it follow from the app’s address.", "한 줄에 하나씩 써 주세요. 비워 두면 앱의 주소에서 정해져요.";
        lines_hint: "One a line.", "한 줄에 하나씩 써 주세요.";
        redirect_uris: "Redirect URIs", "리디렉션 URI";
        redirect_hint: "Where the app has the browser return to after signing in. One a line, exactly as the app sends them.", "로그인한 뒤 브라우저가 돌아갈 주소예요. 앱이 보내는 그대로 한 줄에 하나씩 써 주세요.";
        post_logout: "Addresses after signing out", "로그아웃 뒤 돌아갈 주소";
        backchannel: "Logout address", "로그아웃 알림 주소";
        backchannel_hint: "Where the app is notified of sessions that end (back-channel logout).", "세션이 끝나면 앱에 알리는 주소예요 (백채널 로그아웃).";
        auth_method: "How the app proves itself", "앱의 인증 방식";
        with_basic: "Secret, in the header (client_secret_basic)", "비밀 키, 헤더 (client_secret_basic)";
        with_post: "Secret, in the form (client_secret_post)", "비밀 키, 폼 (client_secret_post)";
        with_key: "Key of its own (private_key_jwt)", "앱의 자체 키 (private_key_jwt)";
        with_none: "Not at all: a program on people’s devices (none)", "없음: 사용자 기기의 프로그램 (none)";
        jwks: "Public keys", "공개 키";
        jwks_hint: "For private_key_jwt: a JWK Set, or the https address that it is fetched from.", "private_key_jwt에 쓰는 JWK Set이나, 가져올 https 주소예요.";
        subject: "How it knows people", "사용자를 구별하는 이름";
        public_subject: "By a name that other apps know too", "다른 앱도 아는 이름";
        pairwise_subject: "By a name of its own (pairwise)", "이 앱만 아는 이름 (pairwise)";
        grants: "What it may exchange for tokens", "토큰을 받는 방법";
        grant_code: "Sign-in of a person", "사람의 로그인";
        grant_refresh: "Refresh", "갱신";
        grant_credentials: "The app on its own behalf", "앱 자신의 권한";
        grant_device: "Device code", "기기 코드";
        scopes: "Scopes", "범위(scope)";
        scopes_hint: "With spaces between. Leave empty for those that the app usually needs.", "빈칸으로 구분해 주세요. 비워 두면 앱에 보통 필요한 범위를 써요.";
        alg: "Algorithm of ID tokens", "ID 토큰 알고리즘";
        resources: "APIs", "사용할 API";
        resources_hint: "Addresses of APIs that it may request access tokens for. One a line.", "액세스 토큰을 요청할 수 있는 API의 주소예요. 한 줄에 하나씩 써 주세요.";
        level: "Sign-in", "로그인 수준";
        one_factor: "As usual", "보통";
        two_factor: "With two-step verification", "2단계 인증 필요";
        first_party: "It’s your own app: people aren’t asked for consent", "직접 운영하는 앱: 사용자에게 동의를 묻지 않음";
        groups_hint: "Members of the chosen groups. Choose none to open it to every member.", "고른 그룹의 구성원만 로그인할 수 있어요. 고르지 않으면 모든 회원이 로그인할 수 있어요.";
        add: "Add app", "앱 추가";
        made_title: "App added", "앱을 추가했어요";
        rotated_title: "New secret", "새 비밀 키";
        made_lead: "Copy the secret now. It isn’t shown again.", "지금 비밀 키를 복사해 주세요. 다시 볼 수 없어요.";
        made_public: "This app has no secret.", "이 앱에는 비밀 키가 없어요.";
        rotated_lead: "The secret before it stays valid until you end it, or make the next one.", "이전 비밀 키는 폐기하거나 다음 키를 만들 때까지 쓸 수 있어요.";
        to_app: "Continue to the app", "앱 페이지로";
        client_id: "Client ID", "클라이언트 ID";
        client_secret: "Client secret", "클라이언트 비밀 키";
        issuer: "Issuer", "발급자(issuer)";
        setup: "Set up the app", "앱 설정";
        setup_lead: "Paste these lines. CLIENT_SECRET stands for the secret.", "아래 내용을 붙여 넣어 주세요. CLIENT_SECRET 자리에는 비밀 키를 써 주세요.";
        anywhere: "Where the app has its settings:", "앱의 설정에 입력:";
        terminal: "On the command line of the app’s server:", "앱 서버의 명령줄에서 실행:";
        registration: "Registration", "등록 정보";
        declared: "Declared in a file", "파일에 선언됨";
        declared_note: "This app is declared in the file that MUNJIGI_APPS names. Change it there.", "MUNJIGI_APPS로 지정한 파일에 선언된 앱이에요. 그 파일에서 바꿔 주세요.";
        gone_note: "The file no longer declares this app, so people can’t sign in to it. Declare it again, or remove it.", "파일에서 빠진 앱이라 로그인할 수 없어요. 다시 선언하거나 삭제해 주세요.";
        disabled: "Disabled", "사용 중지됨";
        change: "Change", "변경";
        change_title: "Change the app", "앱 변경";
        save: "Save", "저장";
        secrets: "Secrets", "비밀 키";
        current_secret: "Current secret", "현재 비밀 키";
        older_secret: "Older secret", "이전 비밀 키";
        older_until: "Valid until you end it, or make the next one", "폐기하거나 다음 키를 만들 때까지 유효";
        made_at: "Made", "발급";
        rotate: "Make a new secret", "새 비밀 키 발급";
        end_older: "End now", "지금 폐기";
        no_secret: "This app has no secret.", "이 앱에는 비밀 키가 없어요.";
        people: "People", "사용자";
        signed_in: "Signed in", "로그인 중";
        connected: "Allowed it", "허용한 사람";
        remove: "Remove app", "앱 삭제";
        keep: "Keep it", "그대로 두기";
        remove_stays: "Data inside the app isn’t touched.", "앱 안의 데이터는 그대로예요.";
        empty_name: "Enter a name.", "이름을 입력해 주세요.";
        long_name: "Use at most 60 characters.", "60자 이하로 입력해 주세요.";
        odd_name: "Use visible characters on one line.", "눈에 보이는 글자만 한 줄로 써 주세요.";
        taken_name: "Another app has this name. Try another.", "같은 이름의 앱이 있어요. 다른 이름을 써 주세요.";
        groups_gone: "A group that you chose is no longer there. Choose again.", "고른 그룹 중 없어진 그룹이 있어요. 다시 골라 주세요.";
        no_redirect_uri: "Enter the app’s address, or a redirect URI.", "앱의 주소나 리디렉션 URI를 입력해 주세요.";
        too_many: "Enter at most 50.", "50개 이하로 입력해 주세요.";
        plain_http: "Use https://. Only localhost may use http://.", "https:// 주소를 써 주세요. http:// 는 localhost만 쓸 수 있어요.";
        link_local: "Link-local addresses are never called.", "링크 로컬 주소는 쓸 수 없어요.";
        bad_lifetime: "Use 1 minute to 24 hours; for the time without use, at most 90 days.", "1분에서 24시간까지, 쓰지 않는 동안은 90일까지예요.";
        no_jwks: "Enter the public keys of the app.", "앱의 공개 키를 입력해 주세요.";
        bad_jwks: "Enter a JWK Set with public keys only.", "공개 키만 있는 JWK Set을 입력해 주세요.";
        public_credentials: "An app that doesn’t prove itself can’t act on its own behalf.", "인증하지 않는 앱은 자신의 권한을 쓸 수 없어요.";
        refresh_alone: "Refresh needs the sign-in of a person.", "갱신은 사람의 로그인과 함께 써 주세요.";
        uri_long: "is longer than 2000 bytes", "2000바이트를 넘어요";
        uri_relative: "isn’t a whole address, such as https://app.example.org/callback", "https://app.example.org/callback 같은 전체 주소가 아니에요";
        uri_fragment: "has a # in it", "#이 있어요";
        uri_userinfo: "contains a name or a password", "이름이나 비밀번호가 들어 있어요";
        uri_characters: "contains spaces, backslashes or letters outside ASCII", "빈칸, 역슬래시 또는 ASCII가 아닌 글자가 있어요";
        uri_http: "uses http://, which only localhost may", "http:// 는 localhost만 쓸 수 있어요";
        uri_scheme: "has a scheme that browsers treat in a special way", "브라우저가 특별하게 다루는 주소예요";
        deliveries: "Sign-outs sent to the app", "앱에 보낸 로그아웃 알림";
        waiting: "Waiting", "대기 중";
        delivered: "Last delivered", "마지막 전송";
        failed: "Last failure", "마지막 실패";
        given_up: "not sent again", "다시 보내지 않음";
        never: "Never", "없음";
        refusals: "Refused requests", "거부한 요청";
        refusals_lead: "The app named an address that isn’t registered.", "앱이 등록되지 않은 주소를 보냈어요.";
        received: "Received", "받은 주소";
        registered: "Registered", "등록된 주소";
    }
}

impl OidcApps {
    pub fn preset(&self, preset: Preset) -> &'static str {
        match preset {
            Preset::Custom => self.own_app,
            Preset::Mcp => self.mcp_client,
            known => known.title(),
        }
    }

    pub fn method(&self, method: AuthMethod) -> &'static str {
        match method {
            AuthMethod::ClientSecretBasic => self.with_basic,
            AuthMethod::ClientSecretPost => self.with_post,
            AuthMethod::PrivateKeyJwt => self.with_key,
            AuthMethod::None => self.with_none,
        }
    }

    pub fn grant(&self, grant: GrantType) -> &'static str {
        match grant {
            GrantType::AuthorizationCode => self.grant_code,
            GrantType::RefreshToken => self.grant_refresh,
            GrantType::ClientCredentials => self.grant_credentials,
            GrantType::DeviceCode => self.grant_device,
        }
    }
}
