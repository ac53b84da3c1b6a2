//! The staff's page of the audit trail.

texts! {
    Audit {
        title: "Audit trail", "감사 기록";
        lead: "Who did what to whom, when and from where. It is only ever added to.", "누가 누구에게 무엇을, 언제 어디서 했는지 보여 줍니다. 추가만 되고 고쳐지지 않습니다.";
        event: "Event", "내용";
        any_event: "Every event", "모든 내용";
        whom: "Whose account", "대상 계정";
        by: "Done by", "실행한 사람";
        from_day: "From (UTC)", "시작일(UTC)";
        to_day: "To (UTC)", "종료일(UTC)";
        when: "When", "시각";
        place: "From where", "접속 정보";
        nobody: "nobody", "없음";
        gone: "deleted", "삭제됨";
        export: "Export as CSV", "CSV로 내보내기";
        export_lead: "Everything that matches, not only this page.", "이 페이지뿐 아니라 조건에 맞는 모든 기록을 내보냅니다.";
        no_such_user: "There is no user of this name. Deleted accounts are found by their number, such as #12.", "이런 사용자가 없습니다. 삭제된 계정은 #12처럼 번호로 찾을 수 있습니다.";
    }
}
