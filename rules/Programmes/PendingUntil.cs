namespace MallVip.Rules.Programmes;

/// <summary>What earned points wait for before they may be spent.</summary>
public enum PendingUntil
{
    /// <summary>The days that the wallet says, whatever earned them; 0: nothing.</summary>
    Days,

    /// <summary>
    /// The days in which a purchase can come back, counted from its day; what else earns is active at once.
    /// </summary>
    ReturnWindow,

    /// <summary>
    /// Somebody confirms the receipt; with days, what is not confirmed by then lapses. What else earns is
    /// active at once.
    /// </summary>
    Confirmed,
}
