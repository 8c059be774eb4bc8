namespace MallVip.Rules.Programmes;

/// <summary>How often a member may claim events that nobody has, by scanning their receipts.</summary>
/// <param name="PerDay">Claimed events on one day of the member's home mall, else of the programme; null:
/// any number.</param>
/// <param name="WrongPerHour">Tries within an hour that name no event that could be claimed; 1 or more.
/// </param>
public sealed record ClaimLimits(int? PerDay, int WrongPerHour)
{
    /// <summary>Any number a day, 20 wrong tries an hour.</summary>
    public static ClaimLimits Default { get; } = new(null, 20);
}
