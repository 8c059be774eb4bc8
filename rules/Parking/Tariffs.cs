namespace MallVip.Rules.Parking;

/// <summary>Words of fees.</summary>
public static class Tariffs
{
    /// <summary>Why the tariff's own free minutes are free.</summary>
    public const string Free = "free";
}
