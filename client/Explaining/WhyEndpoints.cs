using System.Text;
using MallVip.Client.Members;
using MallVip.Client.Problems;
using MallVip.Client.Texts;
using MallVip.Client.Wire;
using MallVip.Grains.Explaining;
using MallVip.Rules.Explaining;
using MallVip.Rules.Quantities;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Explaining;

/// <summary>Explains what is on record, and what a basket would give.</summary>
internal sealed class WhyEndpoints(
    MemberTarget target, EntryArchive archive, QuoteDesk quotes, ApiOptions options)
{
    private const string PlainText = "text/plain";
    private const int OldestYear = 1970;
    private const int LatestYear = 2199;

    public async Task WhyAsync(HttpContext context, string id, string entry)
    {
        var line = QueryReader.Number(context.Request, "line", 0, least: 1, most: int.MaxValue);
        if (!long.TryParse(
            entry, System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture, out var seq))
            throw NoEntry();
        var member = await target.FindAsync(context, id);
        var past = await archive.ReadAsync(member, seq, context.RequestAborted) ?? throw NoEntry();
        var why = EntryExplainer.Explain(past);
        int? wanted = line == 0 ? null : line;
        if (line > why.Lines.Length)
            throw ApiErrors.LineNotFound.Thrown($"The entry has {why.Lines.Length} lines.", "line");
        context.Response.Headers.Vary = "Accept, Accept-Language";
        if (WantsText(context.Request))
            await WriteTextAsync(context, WhyTexts.Details(why, Languages.Of(context.Request), wanted));
        else
            await context.WriteJsonAsync(
                StatusCodes.Status200OK, WhyBodies.Of(member, why, wanted), ApiJson.Readable.WhyBody);
    }

    public async Task QuoteAsync(HttpContext context)
    {
        var now = QueryReader.Instant(context.Request, "now");
        if (now is { Year: < OldestYear or > LatestYear })
            throw ApiErrors.InvalidRequest.Thrown("'now' lies in 1970 to 2199.", "now");
        var body = await BodyReader.ReadAsync(context, ApiJson.Default.QuoteBody, options.MaxEventBytes);
        MemberId? member = body.Member is { } name ? await target.FindAsync(context, name) : null;
        var quote = await quotes.AskAsync(new(member, QuoteEvent.Of(body), now), context.RequestAborted)
            ?? throw ApiErrors.MemberNotFound.Thrown(
                now is null ? "No member has this id." : "No member had this id then.");
        if (quote.Refusal is { } refusal)
            throw new RefusedException(refusal);
        context.Response.Headers.Vary = "Accept, Accept-Language";
        if (WantsText(context.Request))
            await WriteTextAsync(
                context, WhyTexts.QuoteDetails(quote.Explanation!, Languages.Of(context.Request)));
        else
            await context.WriteJsonAsync(
                StatusCodes.Status200OK, QuoteBodies.Of(member, quote), ApiJson.Readable.QuoteAnswerBody);
    }

    /// <summary>Whether plain text is asked for and JSON is not.</summary>
    private static bool WantsText(HttpRequest request) =>
        request.GetTypedHeaders().Accept.FirstOrDefault() is { } first
        && first.MediaType.Equals(PlainText, StringComparison.OrdinalIgnoreCase);

    private static async Task WriteTextAsync(HttpContext context, string text)
    {
        context.Response.ContentType = $"{PlainText}; charset=utf-8";
        context.Response.Headers.ContentLanguage = Languages.Tag(Languages.Of(context.Request));
        await context.Response.WriteAsync(text, Encoding.UTF8, context.RequestAborted);
    }

    private static RefusedException NoEntry() =>
        ApiErrors.EntryNotFound.Thrown("The member's journal has no entry of this number.", "entry");
}
