namespace MallVip.Grains.Journal;

/// <summary>Something in a journal that no build of MallVip writes.</summary>
/// <param name="Code">What kind of problem.</param>
/// <param name="Pos">The place of the entry where it shows; 0 when it belongs to none.</param>
/// <param name="Grain">The grain; null when it belongs to none.</param>
/// <param name="Message">One sentence for the operator.</param>
public sealed record AuditProblem(AuditCode Code, long Pos, GrainKey? Grain, string Message);

/// <summary>The kinds of <see cref="AuditProblem"/>.</summary>
public enum AuditCode
{
    /// <summary>A grain's entries do not count 1, 2, 3, …</summary>
    SeqNotNext,

    /// <summary>An entry's previous place is not its grain's previous entry.</summary>
    PreviousPlaceWrong,

    /// <summary>An entry's previous hash is not its grain's previous entry's hash.</summary>
    ChainBroken,

    /// <summary>An entry's stored hash is not the hash of its columns.</summary>
    HashWrong,

    /// <summary>Places do not ascend, or batches of a writer do not count 1, 2, 3, …</summary>
    OrderWrong,

    /// <summary>A batch's stored root is missing or is not the root of its entries.</summary>
    RootWrong,

    /// <summary>A stored root has no entries: its batch is gone.</summary>
    BatchMissing,

    /// <summary>Two entries have one idempotency key.</summary>
    DuplicateKey,

    /// <summary>The journal does not hold what the anchor says, or holds other entries there.</summary>
    AnchorBroken,
}
