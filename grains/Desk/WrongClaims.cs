using System.Collections.Concurrent;
using MallVip.Grains.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Desk;

/// <summary>
/// Tries to claim what cannot be claimed, so that receipts are not guessed. Counted by member and by who
/// asks, so that nobody can stop another's till; in this silo's memory, for an hour. Thread-safe.
/// </summary>
public sealed class WrongClaims(ProgrammeHost programmes, TimeProvider time)
{
    /// <summary>Members and callers remembered before those whose hour has passed are forgotten.</summary>
    private const int Many = 10_000;

    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(string Actor, MemberId Member), DateTimeOffset[]> _tries = new();

    /// <summary>How many within an hour are too many.</summary>
    public int Most => programmes.Shown.Claims.WrongPerHour;

    /// <summary>When the caller may try again for the member; null: now.</summary>
    public DateTimeOffset? WaitsUntil(string actor, MemberId member)
    {
        if (!_tries.TryGetValue((actor, member), out var tries))
            return null;
        var recent = Recent(tries);
        return recent.Length < Most ? null : recent[^Most] + Remembered;
    }

    /// <summary>One more try was in vain.</summary>
    public void Note(string actor, MemberId member)
    {
        var now = time.GetUtcNow();
        _tries.AddOrUpdate((actor, member), [now], (_, tries) => [.. Recent(tries), now]);
        if (_tries.Count > Many)
            foreach (var (who, tries) in _tries)
                if (Recent(tries).Length == 0)
                    _tries.TryRemove(new(who, tries));
    }

    private DateTimeOffset[] Recent(DateTimeOffset[] tries)
    {
        var since = time.GetUtcNow() - Remembered;
        return Array.FindAll(tries, tried => tried > since);
    }
}
