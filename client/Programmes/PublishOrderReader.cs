using MallVip.Client.Keys;
using MallVip.Client.Members;
using MallVip.Client.Problems;
using MallVip.Client.Wire;
using MallVip.Grains.Intake;
using MallVip.Grains.Programmes;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Programmes;

/// <summary>Reads what is to be put in force, when, and on what it is based.</summary>
internal sealed class PublishOrderReader(TimeProvider time, ApiOptions options)
{
    private const int LongestNote = 500;
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <exception cref="RefusedException">Something is missing or not well-formed.</exception>
    public async Task<PublishOrder> PublishAsync(HttpContext context)
    {
        RefuseTest(context);
        IdempotencyKey.Of(context.Request);
        var body = await BodyReader.ReadAsync(context, ApiJson.Default.PublishBody, options.MaxEventBytes);
        var expected = body.Expected ?? IfMatch(context.Request)
            ?? throw new RefusedException(Refusals.VersionExpected);
        return new()
        {
            Version = body.Draft,
            Expected = expected == "*" ? null : expected,
            Note = Note(body.Note),
            EffectiveAt = Instant(body.EffectiveAt),
            Allow = body.Allow ?? [],
            Call = DeskWrite.Call(context, "publish", "", body, ApiJson.Default.PublishBody),
        };
    }

    /// <exception cref="RefusedException">Something is missing or not well-formed.</exception>
    public async Task<PublishOrder> RollbackAsync(HttpContext context)
    {
        RefuseTest(context);
        IdempotencyKey.Of(context.Request);
        var body = await BodyReader.ReadAsync(context, ApiJson.Default.RollbackBody, options.MaxEventBytes);
        var expected = body.Expected ?? IfMatch(context.Request);
        return new()
        {
            Version = body.To,
            Expected = expected == "*" ? null : expected,
            Note = Note(body.Note),
            EffectiveAt = Instant(body.EffectiveAt),
            Call = DeskWrite.Call(context, "rollback", "", body, ApiJson.Default.RollbackBody),
        };
    }

    /// <summary>The programme is everybody's: a test key may look, not change.</summary>
    private static void RefuseTest(HttpContext context)
    {
        if (Caller.Of(context).Test)
            throw ApiErrors.Forbidden.Thrown(
                "A test key publishes nothing: the programme decides for everyone.");
    }

    private static string? IfMatch(HttpRequest request)
    {
        var text = request.Headers.IfMatch.ToString().Trim();
        return text.Length == 0 ? null : text.Trim('"');
    }

    private static string Note(string? note) => note is null or { Length: <= LongestNote }
        ? note?.Trim() ?? ""
        : throw ApiErrors.InvalidRequest.Thrown($"A note has at most {LongestNote} characters.", "note");

    private DateTimeOffset? Instant(DateTimeOffset? at) => at is null || at > time.GetUtcNow() - Grace
        ? at
        : throw ApiErrors.InvalidRequest.Thrown("A publish cannot take effect in the past.", "effectiveAt");
}
