using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MallVip.Client.Wire;

/// <summary>A list of actions on members, and how far it is.</summary>
/// <param name="Id">For approving it, looking at it, taking it back.</param>
/// <param name="Status"><c>waiting</c>, <c>declined</c>, <c>running</c>, <c>done</c>, <c>cancelled</c>,
/// <c>undoing</c> or <c>undone</c>.</param>
/// <param name="By">The key that handed it in.</param>
/// <param name="FourEyes">Another key must approve it.</param>
/// <param name="ApproveBy">Until then it may be approved; only while it waits.</param>
/// <param name="Rows">Rows in all.</param>
/// <param name="Good">Rows that can be carried out.</param>
/// <param name="Wallets">Points that the good rows put into wallets and take out.</param>
/// <param name="Done">Good rows that have been done, refused ones included.</param>
/// <param name="Wrong">Rows that cannot be carried out; the first of a page.</param>
/// <param name="Refused">Done rows that changed nothing: what their members said.</param>
/// <param name="Undone">Rows that have been taken back.</param>
/// <param name="Kept">Rows of which not all could be taken back.</param>
/// <param name="Because">Why it was declined or taken back.</param>
public sealed record BatchViewBody(
    string Id, string Status, string By, string Reason, bool FourEyes, int Rows, int Good,
    ImmutableArray<BatchSumBody> Wallets, BatchFaultsBody Wrong, int Done, BatchFaultsBody Refused,
    int Undone, BatchFaultsBody Kept, DateTimeOffset? At = null, DateTimeOffset? ApproveBy = null,
    string? ApprovedBy = null, string? UndoneBy = null, string? Because = null)
{
    /// <summary>Rows a second, of late; only while it is carried out or taken back.</summary>
    public double? Rate { get; init; }

    /// <summary>How long the rest takes at this rate, in seconds.</summary>
    public long? SecondsLeft { get; init; }

    /// <summary>What taking it back would do; only in the answer to a dry run of that.</summary>
    public BatchUndoBody? Undo { get; init; }
}

/// <summary>What taking a list back would do now.</summary>
/// <param name="Rows">Rows that would be taken back: those that are done and changed something.</param>
/// <param name="Wallets">Points that would be put into wallets and taken out.</param>
/// <param name="Kept">Of the rows, those of which not all could be taken back.</param>
public sealed record BatchUndoBody(int Rows, ImmutableArray<BatchSumBody> Wallets, BatchFaultsBody Kept);

/// <param name="In">Points put in.</param>
/// <param name="Out">Points taken out.</param>
public sealed record BatchSumBody(string Wallet, long In, long Out);

/// <summary>Rows with what is to be said of them.</summary>
/// <param name="Count">In all.</param>
/// <param name="Lines">At most 100, from the line that was asked for on.</param>
/// <param name="Next">Pass it as <c>after</c> for more; absent: these are the last.</param>
public sealed record BatchFaultsBody(int Count, ImmutableArray<BatchFaultBody> Lines, int? Next = null);

/// <param name="Line">From 1, the heading included.</param>
/// <param name="Code">As of a problem.</param>
/// <param name="Title">The code in words.</param>
/// <param name="Detail">What is wrong, in English.</param>
public sealed record BatchFaultBody(int Line, string Code, string Title, string Detail);

/// <summary>Lists, the newest first, with counts of rows only.</summary>
public sealed record BatchesBody(ImmutableArray<BatchViewBody> Batches);

/// <summary>Decides about a list.</summary>
/// <param name="Reason">Why; needed to decline one and to take one back.</param>
/// <param name="SkipWrong">Carry out the good rows although others are wrong. Default false.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BatchDecisionBody(string? Reason = null, bool SkipWrong = false);
