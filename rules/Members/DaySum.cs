namespace MallVip.Rules.Members;

/// <summary>Entries of a <see cref="DayLog"/> added up. Not read-only: a sum grows entry by entry.</summary>
internal struct DaySum
{
    public int Purchases;

    /// <summary>Pairs of mall and day.</summary>
    public int Visits;

    /// <summary>Spend of entries in whole units.</summary>
    public ulong Units;

    /// <summary>Spend of entries in hundredths, none of which is whole.</summary>
    public UInt128 Hundredths;

    /// <summary>Spend of all other entries.</summary>
    public decimal Other;

    /// <summary>Exact, and with as many decimals as the most precise entry.</summary>
    public readonly decimal Spend
    {
        get
        {
            var spend = Other + Units;
            return Hundredths == 0 ? spend : spend + new decimal(
                unchecked((int)(uint)Hundredths), unchecked((int)(uint)(Hundredths >> 32)),
                unchecked((int)(uint)(Hundredths >> 64)), false, 2);
        }
    }
}
