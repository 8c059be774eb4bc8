using System.Collections.Immutable;

namespace MallVip.Grains.Batches;

/// <summary>
/// A list of actions on members: handed in, approved, carried out in pages, perhaps taken back. Each row is a
/// command of its member under a key of its own, so that a page which breaks off is done again and counts
/// once. The key is 32 hex digits.
/// </summary>
public interface IBatchGrain : IGrainWithStringKey
{
    /// <summary>Adds rows to a list that is being handed in; durable when it answers. The first part begins
    /// it anew; what does not follow on the rows that are there is passed over.</summary>
    /// <param name="from">How many rows, wrong ones included, came before these.</param>
    /// <param name="content">Keyed hash of the request.</param>
    Task Add(int from, UInt128 content, ImmutableArray<BatchRow> rows, ImmutableArray<BatchFault> wrong);

    /// <summary>The list is whole. The second time it answers what has become of it.</summary>
    /// <returns>Null: another list was handed in under this key.</returns>
    Task<BatchView?> Open(BatchOpening opening);

    /// <summary>What is durable.</summary>
    [AlwaysInterleave]
    Task<BatchView> Read();

    /// <summary>The same with counts instead of rows.</summary>
    [AlwaysInterleave]
    Task<BatchView> ReadBrief();

    /// <summary>Approves, declines, cancels, or takes back. One that has been done already is answered the
    /// same.</summary>
    Task<BatchAnswer> Decide(BatchDecision decision);

    /// <summary>Does the next page, or declines what nobody approved in time.</summary>
    Task Poke();
}

/// <summary>The end of handing in.</summary>
/// <param name="Rows">How many rows there are, the wrong ones included.</param>
/// <param name="Content">Keyed hash of the request.</param>
[GenerateSerializer, Immutable]
public sealed record BatchOpening(
    [property: Id(0)] string By, [property: Id(1)] string Reason, [property: Id(2)] int Rows,
    [property: Id(3)] bool FourEyes, [property: Id(4)] UInt128 Content);

/// <summary>What an operator decides.</summary>
public enum BatchVerb
{
    Approve,
    Decline,
    Cancel,
    Undo,
}

/// <param name="SkipWrong">The good rows are carried out although others are wrong.</param>
/// <param name="DryRun">Answer what would be; nothing changes.</param>
[GenerateSerializer, Immutable]
public sealed record BatchDecision(
    [property: Id(0)] BatchVerb Verb, [property: Id(1)] string By, [property: Id(2)] string Reason,
    [property: Id(3)] bool SkipWrong, [property: Id(4)] bool DryRun);

/// <param name="View">Null: there is no such list.</param>
/// <param name="Refusal">Null: done.</param>
[GenerateSerializer, Immutable]
public sealed record BatchAnswer([property: Id(0)] BatchView? View, [property: Id(1)] BatchRefusal Refusal);

/// <summary>Why a decision is not taken.</summary>
public enum BatchRefusal
{
    None,
    /// <summary>Who handed it in may neither approve it nor take it back alone.</summary>
    SameOperator,
    /// <summary>Rows are wrong, and nobody said that they may be left out.</summary>
    WrongRows,
    /// <summary>It does not stand where this can be decided.</summary>
    NotNow,
}
