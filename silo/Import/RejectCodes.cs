namespace MallVip.Silo.Import;

/// <summary>
/// Why the mapper rejects a row, in the order in which it looks. The sink has codes of its own.
/// </summary>
public static class RejectCodes
{
    /// <summary>A quote stands where none may stand.</summary>
    public const string Malformed = "row_malformed";

    /// <summary>The row has fewer cells than there are columns.</summary>
    public const string Short = "row_short";

    /// <summary>The row has more cells than there are columns.</summary>
    public const string Long = "row_long";

    /// <summary>The joined file has no row for the key, and the map says <c>missing: reject</c>.</summary>
    public const string JoinMissing = "join_missing";

    /// <summary>The column to group by is empty.</summary>
    public const string GroupMissing = "group_missing";

    /// <summary>Rows of one group differ in a column that must be the same in all.</summary>
    public const string GroupDisagrees = "group_disagrees";

    /// <summary>Another row of the same group was rejected: half a receipt is worse than none.</summary>
    public const string GroupRejected = "group_rejected";

    /// <summary>A cell is empty that is needed.</summary>
    public const string Missing = "value_missing";

    /// <summary>A cell is not a number of the wanted kind.</summary>
    public const string BadNumber = "bad_number";

    /// <summary>A number, or a sum, has more digits than 28 and cannot be kept exact.</summary>
    public const string Inexact = "number_inexact";

    /// <summary>A cell does not fit a format such as <c>0000</c>.</summary>
    public const string BadText = "bad_text";

    /// <summary>A cell is neither yes nor no.</summary>
    public const string BadFlag = "bad_flag";

    /// <summary>A cell is not a time in one of the formats.</summary>
    public const string BadTime = "bad_time";

    /// <summary>The clock was set back over this time, and the map says <c>ambiguous: reject</c>.</summary>
    public const string TimeAmbiguous = "time_ambiguous";

    /// <summary>The clock was set forward over this time, and the map says <c>gap: reject</c>.</summary>
    public const string TimeInGap = "time_in_gap";

    /// <summary>The mapped line is longer than 64 KiB.</summary>
    public const string LineTooLong = "line_too_long";

    /// <summary>All codes, in the order above.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Malformed, Short, Long, JoinMissing, GroupMissing, GroupDisagrees, GroupRejected, Missing, BadNumber,
        Inexact, BadText, BadFlag, BadTime, TimeAmbiguous, TimeInGap, LineTooLong,
    ];
}
