namespace MallVip.Grains.Journal;

/// <summary>What is known of a key at this moment.</summary>
/// <param name="Kind">See <see cref="KeyClaimKind"/>.</param>
/// <param name="Pos">The entry's place when it is written; else 0.</param>
/// <param name="Fate">While another event with this key is being decided or written: ends with its place, or
/// 0 when it failed or was given up (ask again then). Null otherwise.</param>
public readonly record struct KeyClaim(KeyClaimKind Kind, long Pos, Task<long>? Fate);

/// <summary>See <see cref="KeyClaim"/>.</summary>
public enum KeyClaimKind : byte
{
    /// <summary>Nobody has written or reserved it (only from a look-up).</summary>
    None = 0,

    /// <summary>It is the caller's now.</summary>
    Reserved = 1,

    /// <summary>It stands in the journal.</summary>
    Written = 2,

    /// <summary>Somebody is deciding or writing it.</summary>
    InFlight = 3,
}
