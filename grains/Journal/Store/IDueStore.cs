namespace MallVip.Grains.Journal;

/// <summary>At most one row per grain: the earliest instant at which it has work. Written by entries
/// (<see cref="DueChange"/>), claimed here; a programme that makes members' work earlier moves it
/// here.</summary>
public interface IDueStore
{
    /// <summary>
    /// Takes at most <paramref name="max"/> grains whose instant is not after <paramref name="now"/> and that
    /// nobody has claimed beyond it, ordered by instant, then grain. The claim is committed before they are
    /// returned: nobody else gets them until <paramref name="claimUntil"/>.
    /// </summary>
    /// <param name="held">Rows of these grains are left alone; null: none are held.</param>
    ValueTask<IReadOnlyList<DueGrain>> ClaimDueAsync(
        DateTimeOffset now, int max, DateTimeOffset claimUntil, Func<GrainKey, bool>? held = null,
        CancellationToken cancel = default);

    /// <summary>
    /// Moves rows earlier, or makes them, without an entry, all in one transaction; claims stay. A row that
    /// is as early already stays, and so does that of a grain whose newest committed entry is another one.
    /// </summary>
    ValueTask AdvanceDueAsync(IReadOnlyList<DueAdvance> rows, CancellationToken cancel = default);

    /// <summary>The earliest instant of all rows: what a timer waits for. Null when nothing is due, ever. A
    /// claimed row counts with the end of its claim, rows of held grains do not count.</summary>
    ValueTask<DateTimeOffset?> NextDueAsync(
        Func<GrainKey, bool>? held = null, CancellationToken cancel = default);
}
