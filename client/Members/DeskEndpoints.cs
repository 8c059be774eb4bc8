using System.Collections.Immutable;
using System.Text.Json;
using MallVip.Client.Batches;
using MallVip.Client.Problems;
using MallVip.Client.Wire;
using MallVip.Grains.Desk;
using MallVip.Grains.Members;
using MallVip.Rules.Commands;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Members;

/// <summary>
/// The writes at the desk. Each needs an Idempotency-Key, and <c>dryRun=true</c> records nothing.
/// </summary>
internal sealed class DeskEndpoints(
    MemberDesk desk, MemberTarget target, DeskWrite write, BatchEndpoints lists)
{
    public async Task RegisterAsync(HttpContext context)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.RegisterBody);
        if (body.Identities.IsDefaultOrEmpty)
            throw ApiErrors.InvalidRequest.Thrown("A member needs at least one identity.", "identities");
        var attributes = (body.Attributes ?? ImmutableSortedDictionary<string, JsonElement>.Empty)
            .ToImmutableSortedDictionary(
                pair => pair.Key, pair => pair.Value.GetRawText(), StringComparer.Ordinal);
        var call = DeskWrite.Call(context, "register", "", body, ApiJson.Default.RegisterBody);
        var answer = await desk.RegisterAsync(
            new Registration(body.Identities, body.Mall, attributes), call, context.RequestAborted);
        if (answer.Member is { } member && !call.DryRun)
            context.Response.Headers.Location = $"/v1/members/{member}";
        await write.AnswerAsync(
            context, answer, call.DryRun ? StatusCodes.Status200OK : StatusCodes.Status201Created);
    }

    public async Task SpendAsync(HttpContext context, string id)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.SpendBody);
        var member = await target.FindAsync(context, id);
        var command = new MemberCommand.Spend(
            write.Wallet(body.Wallet), new Points(body.Amount), body.Reason ?? "");
        await write.CommandAsync(context, member, command,
            DeskWrite.Call(context, "spend", member.ToString(), body, ApiJson.Default.SpendBody));
    }

    public async Task AdjustAsync(HttpContext context, string id)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.AdjustBody);
        if (string.IsNullOrWhiteSpace(body.Reason))
            throw ApiErrors.InvalidRequest.Thrown("A correction needs a reason.", "reason");
        var member = await target.FindAsync(context, id);
        var call = DeskWrite.Call(context, "adjust", member.ToString(), body, ApiJson.Default.AdjustBody);
        var command = new MemberCommand.Adjust(
            write.Wallet(body.Wallet), new Points(body.Amount), body.Reason, body.ExpiresAt);
        if (!lists.NeedsApproval(context, body.Amount))
        {
            await write.CommandAsync(context, member, command, call);
            return;
        }

        // What the member would refuse, or has done already, needs nobody's approval.
        var tried = await desk.CommandAsync(
            member, command, call with { DryRun = true }, context.RequestAborted);
        await (tried.Refusal is null && tried.Answer!.Status != AnswerStatus.Duplicate
            ? lists.OpenAsync(context, call, member, command)
            : write.AnswerAsync(context, tried));
    }

    public async Task AddTagAsync(HttpContext context, string id, string tag)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.TagBody, optional: true);
        var member = await target.FindAsync(context, id);
        await write.CommandAsync(context, member, new MemberCommand.AddTag(tag, body.Until, body.Reason),
            DeskWrite.Call(context, $"tag {tag}", member.ToString(), body, ApiJson.Default.TagBody));
    }

    public async Task RemoveTagAsync(HttpContext context, string id, string tag)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.TagBody, optional: true);
        var member = await target.FindAsync(context, id);
        await write.CommandAsync(context, member, new MemberCommand.RemoveTag(tag, body.Reason),
            DeskWrite.Call(context, $"untag {tag}", member.ToString(), body, ApiJson.Default.TagBody));
    }

    public async Task SetStatusAsync(HttpContext context, string id)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.StatusBody);
        if (Standing.Read(body.Status) is not { } status)
            throw ApiErrors.InvalidRequest.Thrown(
                $"A status is one of {string.Join(", ", Standing.Names)}.", "status");
        if (string.IsNullOrWhiteSpace(body.Reason))
            throw ApiErrors.InvalidRequest.Thrown("A status needs a reason.", "reason");
        var member = await target.FindAsync(context, id);
        await write.CommandAsync(context, member, new MemberCommand.SetStatus(status, body.Reason),
            DeskWrite.Call(context, "status", member.ToString(), body, ApiJson.Default.StatusBody));
    }

    public async Task ClaimAsync(HttpContext context)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.ClaimBody);
        var member = await target.FindAsync(context, body.Member);
        var call = DeskWrite.Call(context, "claim", member.ToString(), body, ApiJson.Default.ClaimBody);
        await write.AnswerAsync(
            context, await desk.ClaimEventAsync(body.Source, body.Id, member, call, context.RequestAborted));
    }
}
