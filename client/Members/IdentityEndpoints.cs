using MallVip.Client.Keys;
using MallVip.Client.Problems;
using MallVip.Client.Wire;
using MallVip.Grains.Desk;
using MallVip.Rules.Members;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Members;

/// <summary>A member's identities: given, taken away, checked.</summary>
internal sealed class IdentityEndpoints(IdentityDesk desk, MemberTarget target, DeskWrite write)
{
    private const int LongestWord = 32;

    public async Task LinkAsync(HttpContext context, string id)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.LinkBody);
        var proof = Proof(context, body.Verified ?? body.How is not null, body.How);
        var member = await target.FindAsync(context, id);
        var call = DeskWrite.Call(context, "link", member.ToString(), body, ApiJson.Default.LinkBody);
        await write.AnswerAsync(
            context, await desk.LinkAsync(member, body.Identity, proof, call, context.RequestAborted));
    }

    /// <summary>Any till may take one of several; the last one takes an operator.</summary>
    public async Task ReleaseAsync(HttpContext context, string id, string identity)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.ReleaseIdentityBody);
        if (string.IsNullOrWhiteSpace(body.Reason))
            throw ApiErrors.InvalidRequest.Thrown("A release needs a reason.", "reason");
        var member = await target.FindAsync(context, id);
        var call = DeskWrite.Call(
            context, $"unlink {identity}", member.ToString(), body, ApiJson.Default.ReleaseIdentityBody);
        await write.AnswerAsync(context, await desk.ReleaseAsync(
            member, identity, body.Reason, Caller.Of(context).Scopes.HasFlag(Scopes.Operate), call,
            context.RequestAborted));
    }

    public async Task VerifyAsync(HttpContext context, string id, string identity)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.VerifyBody);
        var proof = Proof(context, body.Verified ?? true, body.How);
        var member = await target.FindAsync(context, id);
        var call = DeskWrite.Call(
            context, $"verify {identity}", member.ToString(), body, ApiJson.Default.VerifyBody);
        await write.AnswerAsync(
            context, await desk.VerifyAsync(member, identity, proof, call, context.RequestAborted));
    }

    /// <summary>Null: it was not checked.</summary>
    private static IdentityProof? Proof(HttpContext context, bool isVerified, string? how)
    {
        if (!isVerified)
            return how is null
                ? null
                : throw ApiErrors.InvalidRequest.Thrown("'how' belongs to what was verified.", "how");
        return how is { Length: > 0 and <= LongestWord }
            && how.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? new(Caller.Of(context).Actor, how)
            : throw ApiErrors.InvalidRequest.Thrown(
                "'how' is a word of 1 to 32 lower-case letters, digits and hyphens, such as sms or desk.",
                "how");
    }
}
