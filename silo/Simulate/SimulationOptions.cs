namespace MallVip.Silo.Simulate;

/// <summary>What is simulated. The same options give the same events.</summary>
public sealed record SimulationOptions
{
    /// <summary>Chooses one of the possible histories; also part of the events' source.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>People, 1 to 10,000,000. Who is busy follows Zipf's law, see <see cref="Skew"/>.</summary>
    public int Members { get; init; } = 10_000;

    /// <summary>Days from <see cref="Start"/> on, 1 or more.</summary>
    public int Days { get; init; } = 7;

    /// <summary>
    /// Visits to a till, gate, door or app on an average day; weekends have more. Registrations, exits and
    /// refunds come on top.
    /// </summary>
    public int EventsPerDay { get; init; } = 10_000;

    /// <summary>00:00 of the first day in the mall's offset.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(8));

    /// <summary>At least one. Earlier ones are busier.</summary>
    public required IReadOnlyList<SimulatedStore> Stores { get; init; }

    /// <summary>Mall codes for door visits; at least one.</summary>
    public IReadOnlyList<string> Malls { get; init; } = ["mall-1"];

    /// <summary>Car park codes; at least one.</summary>
    public IReadOnlyList<string> Lots { get; init; } = ["P1"];

    /// <summary>
    /// Exponent of Zipf's law over members, above 0; 1: the busiest has twice the visits of the second.
    /// </summary>
    public double Skew { get; init; } = 1.0;

    /// <summary>Share of purchases that come back, wholly or by one line, 0 to 1.</summary>
    public double RefundShare { get; init; } = 0.04;

    /// <summary>Share of events sent a second time, unchanged, within a minute to a day, 0 to 1.</summary>
    public double DuplicateShare { get; init; }

    /// <summary>
    /// Share of events that arrive up to two minutes after others that happened later, 0 to 1.
    /// </summary>
    public double ReorderShare { get; init; }

    /// <summary>Share of events that arrive 1 to 72 hours late, 0 to 1.</summary>
    public double LateShare { get; init; }

    /// <summary>What is wrong with the options, one sentence each; empty when nothing is.</summary>
    public IReadOnlyList<string> Problems()
    {
        var found = new List<string>();
        Demand(Members is >= 1 and <= 10_000_000, "Members are 1 to 10,000,000.");
        Demand(Days is >= 1 and <= 36_500, "Days are 1 to 36,500.");
        Demand(EventsPerDay is >= 1 and <= 50_000_000, "Events per day are 1 to 50,000,000.");
        Demand(Stores.Count > 0, "At least one store is needed.");
        Demand(Malls.Count > 0, "At least one mall is needed.");
        Demand(Lots.Count > 0, "At least one car park is needed.");
        Demand(Skew is > 0 and <= 5, "The skew is above 0 and at most 5.");
        Demand(IsShare(RefundShare) && IsShare(DuplicateShare) && IsShare(ReorderShare) && IsShare(LateShare),
            "Shares are 0 to 1.");
        return found;

        void Demand(bool holds, string sentence)
        {
            if (!holds)
                found.Add(sentence);
        }
    }

    private static bool IsShare(double share) => share is >= 0 and <= 1;
}
