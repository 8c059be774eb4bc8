using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace MallVip.Rules.Members;

/// <summary>
/// Spend, purchases and visits per mall and mall-local day: compact (100 purchases on 100 days take some 400
/// bytes) and immutable. Days older than <see cref="RetentionDays"/> before the newest are forgotten; a
/// return of a forgotten day changes nothing.
/// </summary>
public sealed class DayLog
{
    /// <summary>At least so many days before the newest one are kept.</summary>
    public const int RetentionDays = 1_100;

    // Forgetting rewrites the log, so that it happens about once a month and not on every new day.
    private const int SlackDays = 31;

    private readonly ImmutableArray<string> _malls;
    private readonly byte[] _packed;
    private readonly int _firstDay;
    private readonly int _lastDay;

    private DayLog(ImmutableArray<string> malls, byte[] packed, int firstDay, int lastDay) =>
        (_malls, _packed, _firstDay, _lastDay) = (malls, packed, firstDay, lastDay);

    public static DayLog Empty { get; } = new([], [], 0, 0);

    /// <summary>The malls that the packed bytes speak of by position.</summary>
    public ImmutableArray<string> Malls => _malls;

    /// <summary>The entries, as <see cref="FromPacked"/> reads them.</summary>
    public ReadOnlyMemory<byte> Packed => _packed;

    /// <summary>The newest day with a visit or purchase; null: none.</summary>
    public DateOnly? LastDay => _packed.Length == 0 ? null : DateOnly.FromDayNumber(_lastDay);

    /// <summary>Rebuilds a log from what a snapshot kept.</summary>
    public static DayLog FromPacked(ImmutableArray<string> malls, byte[] packed)
    {
        var (first, last) = (0, 0);
        var at = 0;
        while (at < packed.Length)
        {
            var start = at == 0;
            last = DayCodec.Read(packed, ref at, last).Day;
            first = start ? last : first;
        }

        return new(malls, packed, first, last);
    }

    /// <summary>
    /// Exact spend of the days from <paramref name="from"/> to <paramref name="to"/>, both included.
    /// </summary>
    /// <param name="mall">One mall's spend only; null: all.</param>
    public decimal Spent(DateOnly from, DateOnly to, string? mall = null) => Sum(from, to, mall).Spend;

    /// <summary>
    /// Purchases of the days from <paramref name="from"/> to <paramref name="to"/>, both included.
    /// </summary>
    public int Purchases(DateOnly from, DateOnly to, string? mall = null) => Sum(from, to, mall).Purchases;

    /// <summary>Distinct pairs of mall and day with a visit or purchase, both ends included.</summary>
    public int Visits(DateOnly from, DateOnly to, string? mall = null) => Sum(from, to, mall).Visits;

    /// <summary>Whether the member was in the mall on that day.</summary>
    public bool Has(string mall, DateOnly day) =>
        day.DayNumber >= _firstDay && day.DayNumber <= _lastDay && Visits(day, day, mall) > 0;

    /// <summary>Records a visit.</summary>
    public DayLog AddVisit(string mall, DateOnly day) => Add(mall, day, 0, 0m);

    /// <summary>Records a purchase.</summary>
    public DayLog AddPurchase(string mall, DateOnly day, decimal paid) => Add(mall, day, 1, paid);

    /// <summary>
    /// Takes back spend from the day of the purchase. The purchase and the visit stay counted.
    /// </summary>
    public DayLog RemoveSpend(string mall, DateOnly day, decimal paid) =>
        Has(mall, day) ? Add(mall, day, 0, -paid) : this;

    private (decimal Spend, int Purchases, int Visits) Sum(DateOnly from, DateOnly to, string? mall)
    {
        var only = mall is null ? -1 : _malls.IndexOf(mall);
        var (spend, purchases, visits) = (0m, 0, 0);
        if (_packed.Length == 0 || from.DayNumber > _lastDay || (mall is not null && only < 0))
            return default;
        for (int at = 0, day = 0; at < _packed.Length;)
        {
            var entry = DayCodec.Read(_packed, ref at, day);
            day = entry.Day;
            if (day > to.DayNumber)
                break;
            if (day < from.DayNumber || (only >= 0 && entry.Mall != only))
                continue;
            spend += entry.Spend;
            purchases += entry.Purchases;
            visits++;
        }

        return (spend, purchases, visits);
    }

    private DayLog Add(string mall, DateOnly day, int purchases, decimal paid)
    {
        var malls = _malls.Contains(mall) ? _malls : _malls.Add(mall);
        var added = new DayEntry(day.DayNumber, malls.IndexOf(mall), purchases, paid);
        if (_packed.Length > 0 && added.Day < _lastDay - RetentionDays)
            return this;
        return _packed.Length > 0 && added.Day > _lastDay
            && _firstDay >= added.Day - RetentionDays - SlackDays
            ? Append(malls, added)
            : Rewrite(malls, added);
    }

    private DayLog Append(ImmutableArray<string> malls, in DayEntry added)
    {
        Span<byte> bytes = stackalloc byte[DayCodec.MaxEntryBytes];
        var length = DayCodec.Write(bytes, added, _lastDay);
        var packed = new byte[_packed.Length + length];
        _packed.CopyTo(packed, 0);
        bytes[..length].CopyTo(packed.AsSpan(_packed.Length));
        return new(malls, packed, _firstDay, added.Day);
    }

    private DayLog Rewrite(ImmutableArray<string> malls, in DayEntry added)
    {
        var entries = new List<DayEntry>(64);
        for (int at = 0, day = 0; at < _packed.Length;)
        {
            entries.Add(DayCodec.Read(_packed, ref at, day));
            day = entries[^1].Day;
        }

        Merge(entries, added);
        var oldest = entries[^1].Day - RetentionDays;
        entries.RemoveAll(entry => entry.Day < oldest);
        return new(malls, Pack(entries), entries[0].Day, entries[^1].Day);
    }

    private static void Merge(List<DayEntry> entries, in DayEntry added)
    {
        var at = entries.Count;
        while (at > 0 && entries[at - 1] > added)
            at--;
        if (at > 0 && entries[at - 1].CompareTo(added) == 0)
            entries[at - 1] = added with
            {
                Purchases = entries[at - 1].Purchases + added.Purchases,
                Spend = entries[at - 1].Spend + added.Spend,
            };
        else
            entries.Insert(at, added);
    }

    private static byte[] Pack(List<DayEntry> entries)
    {
        var buffer = new byte[entries.Count * DayCodec.MaxEntryBytes];
        var (length, day) = (0, 0);
        foreach (ref readonly var entry in CollectionsMarshal.AsSpan(entries))
        {
            length += DayCodec.Write(buffer.AsSpan(length), entry, day);
            day = entry.Day;
        }

        return buffer[..length];
    }
}
