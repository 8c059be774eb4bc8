namespace MallVip.Grains.Journal;

/// <summary>What a row of a grain's journal says was decided, without what proves the row. Valid while it is
/// read. The members mean the same as those of <see cref="JournalEntry"/>.</summary>
public readonly ref struct DecidedRow
{
    public required long Pos { get; init; }

    public required long Seq { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Actor { get; init; }

    public required string RulesVersion { get; init; }

    public required ReadOnlySpan<byte> Body { get; init; }
}

/// <summary>Makes something of a row.</summary>
public delegate T DecidedReading<out T>(in DecidedRow row);
