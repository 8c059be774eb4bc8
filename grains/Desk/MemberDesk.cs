using System.Collections.Immutable;
using MallVip.Grains.Intake;
using MallVip.Grains.Members;
using MallVip.Rules.Commands;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Desk;

/// <summary>The way in for everything that is not an event: register, read, spend, adjust, tag, claim.</summary>
public sealed class MemberDesk
{
    /// <summary>The member that holds an identity such as <c>phone:+8613800138000</c> or <c>member:UUID</c>.</summary>
    public Task<Found> FindAsync(string identity, CancellationToken cancellation) =>
        throw new InvalidOperationException($"{identity}{cancellation}");

    public Task<DeskAnswer> RegisterAsync(Registration registration, DeskCall call, CancellationToken cancellation) =>
        throw new InvalidOperationException($"{registration}{call}{cancellation}");

    /// <summary>Any command of a member that is not an event.</summary>
    public Task<DeskAnswer> CommandAsync(
        MemberId member, MemberCommand command, DeskCall call, CancellationToken cancellation) =>
        throw new InvalidOperationException($"{member}{command}{call}{cancellation}");

    /// <summary>Gives an identity to a member, with the events that waited for it.</summary>
    public Task<DeskAnswer> LinkAsync(MemberId member, string identity, DeskCall call, CancellationToken cancellation) =>
        throw new InvalidOperationException($"{member}{identity}{call}{cancellation}");

    /// <summary>Gives one unclaimed event to a member.</summary>
    public Task<DeskAnswer> ClaimEventAsync(
        string source, string id, MemberId member, DeskCall call, CancellationToken cancellation) =>
        throw new InvalidOperationException($"{source}{id}{member}{call}{cancellation}");

    /// <summary>Null: no such member (at that instant).</summary>
    public Task<MemberView?> ReadAsync(MemberId member, DateTimeOffset? at, CancellationToken cancellation) =>
        throw new InvalidOperationException($"{member}{at}{cancellation}");

    /// <summary>Null: no such member.</summary>
    public Task<MemberReading.Page?> HistoryAsync(
        MemberId member, long? before, int limit, CancellationToken cancellation) =>
        throw new InvalidOperationException($"{member}{before}{limit}{cancellation}");
}

/// <summary>Who asks, and the idempotency key of the write.</summary>
/// <param name="Actor">The API key's name.</param>
/// <param name="Key">The <c>Idempotency-Key</c> header.</param>
/// <param name="Content">The request's canonical bytes: the same key with other content is refused.</param>
public sealed record DeskCall(string Actor, string Key, ReadOnlyMemory<byte> Content, bool DryRun);

/// <param name="Identities">At least one, <c>kind:value</c>.</param>
/// <param name="Attributes">By declared name, as JSON text of the value.</param>
public sealed record Registration(
    ImmutableArray<string> Identities, string? Mall, ImmutableSortedDictionary<string, string> Attributes);

/// <param name="Member">Null: nobody holds the identity, or <paramref name="Refusal"/> says what is wrong with it.</param>
public sealed record Found(MemberId? Member, Refusal? Refusal);

/// <summary>The answer to a write at the desk: a member's answer, or a refusal before any member was asked.</summary>
public sealed record DeskAnswer(MemberId? Member, MemberAnswer? Answer, Refusal? Refusal);

/// <summary>A member with the personal values that the state only points to.</summary>
/// <param name="Identities"><c>kind:value</c>, sorted; an erased one is <c>kind:erased</c>.</param>
public sealed record MemberView(
    MemberReading.Snapshot Snapshot, ImmutableArray<string> Identities, ImmutableSortedDictionary<string, string> Attributes);
