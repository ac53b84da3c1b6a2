//! The staff's page of the audit trail.

texts! {
    Audit {
        title: "Audit log", "감사 기록";
        lead: "Who did what, when and from where. Entries are never changed; old ones are deleted after the time that the people who run this site have set.", "누가, 언제, 어디서, 무엇을 했는지 보여 줘요. 기록은 고쳐지지 않고, 운영자가 정한 기간이 지나면 삭제돼요.";
        event: "Event", "이벤트";
        any_event: "Every event", "모든 이벤트";
        whom: "Account", "계정";
        by: "Done by", "실행한 사람";
        from_day: "From", "시작일";
        to_day: "To", "종료일";
        when: "Time", "시각";
        place: "From", "접속 정보";
        gone: "deleted", "삭제됨";
        export: "Export CSV", "CSV 내보내기";
        export_lead: "Everything that matches, not only this page", "이 페이지뿐 아니라 조건에 맞는 모든 기록";
        no_such_user: "There is no user of this name. Deleted accounts are found by their number, such as #12.", "이런 사용자가 없어요. 삭제된 계정은 #12처럼 번호로 찾을 수 있어요.";
        older: "Older entries", "이전 기록";
    }
}
