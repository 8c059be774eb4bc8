namespace MallVip.Rules.Programmes;

/// <summary>How long a tier is valid. It ends at 24:00 of its last day.</summary>
/// <param name="Months">1 or more; 0 only with <see cref="OnDay"/>: until the next such day.</param>
public sealed record TierValidity(int Months)
{
    /// <summary>From when the months are counted. Default: the entry or renewal.</summary>
    public TierAnchor From { get; init; }

    /// <summary>The date attribute of <see cref="TierAnchor.Attribute"/>.</summary>
    public string? Attribute { get; init; }

    /// <summary>To the end of the month in which it would end. Default false.</summary>
    public bool ToMonthEnd { get; init; }

    /// <summary>It ends on this day of a year, the first one that is not before the months have passed; of
    /// the date only month and day count. Null: on no day in particular.</summary>
    public DateOnly? OnDay { get; init; }
}

/// <summary>From when the months of a validity are counted.</summary>
public enum TierAnchor
{
    /// <summary>From the day of entry or renewal.</summary>
    Entry,
    /// <summary>In whole validities from the day of the enrolment.</summary>
    Enrolment,
    /// <summary>In whole validities from a date of the member's; from the entry if there is none.</summary>
    Attribute,
}
