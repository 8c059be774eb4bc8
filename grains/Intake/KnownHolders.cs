using System.Collections.Concurrent;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Intake;

/// <summary>
/// Who held an identity when it was last asked: a hint that spares a call per event. It may be out of date,
/// so the member that an event is sent to checks it (see <see cref="Members.MemberRequest.Via"/>).
/// Thread-safe.
/// </summary>
public sealed class KnownHolders
{
    /// <summary>Hints kept, some 80 bytes each; when they are full, they begin anew.</summary>
    public const int Most = 1 << 19;

    private readonly ConcurrentDictionary<UInt128, MemberId> _holders = new();
    private int _count;

    public MemberId? Find(UInt128 identity) =>
        _holders.TryGetValue(identity, out var member) ? member : null;

    public void Learn(UInt128 identity, MemberId member)
    {
        if (!_holders.TryAdd(identity, member) || Interlocked.Increment(ref _count) < Most)
            return;
        _holders.Clear();
        Interlocked.Exchange(ref _count, 0);
    }

    public void Forget(UInt128 identity)
    {
        if (_holders.TryRemove(identity, out _))
            Interlocked.Decrement(ref _count);
    }
}
