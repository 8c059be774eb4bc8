using System.Collections.Immutable;
using System.Globalization;
using MallVip.Grains.Desk;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Rules.Events;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Slips;

/// <summary>The way to slips: hand in, look, approve, decline.</summary>
public sealed class SlipDesk(
    IGrainFactory grains, ProgrammeHost programmes, Pseudonym pseudonym, TimeProvider time)
{
    private const int AtOnce = 64;

    /// <summary>Hands a slip in.</summary>
    /// <param name="incoming">The purchase, read as a till's would be.</param>
    public async Task<SlipResult> HandInAsync(
        MemberId member, IncomingEvent incoming, string? photo, string? note, DeskCall call)
    {
        var order = new SlipOrder
        {
            By = call.Actor,
            Key = EventKey.ForCommand(call.Actor, call.Key),
            Content = pseudonym.ContentHash(call.Content.Span),
            Member = member,
            Event = incoming.Event,
            EventContent = incoming.Content,
            Photo = photo,
            Note = note,
            DryRun = call.DryRun,
        };
        var answer = await Retry.OnFailedAppend(() => Slips(incoming.Receipt.ToString()).HandIn(order));
        return new(answer.View, RefusalOf(answer, (PurchaseData)incoming.Event.Data));
    }

    /// <summary>Null: there is no such slip.</summary>
    public async Task<SlipView?> ReadAsync(string id)
    {
        if (Parse(id) is not { } parsed)
            return null;
        var views = await Retry.OnFailedAppend(Slips(parsed.Grain).Read);
        return views.ElementAtOrDefault(parsed.Number - 1);
    }

    /// <summary>Slips of a day; of none in particular: of all days on which one may have been handed in that
    /// still waits. The newest day first.</summary>
    /// <param name="store">Null: of any.</param>
    /// <param name="status">Null: of any.</param>
    /// <param name="after">The last slip of the page before; null: from the first on.</param>
    /// <param name="most">Slips of the page.</param>
    public async Task<ImmutableArray<SlipView>> ListAsync(
        DateOnly? day, string? store, SlipStatus? status, string? after, int most)
    {
        var found = ImmutableArray.CreateBuilder<SlipView>(most);
        var passed = after is null;
        foreach (var of in Days(day))
        {
            var notes = await Retry.OnFailedAppend(Day(of).Read);
            var wanted = notes.Reverse().Where(note => store is null || note.Store == store);
            if (!passed)
                wanted = wanted.SkipWhile(note => note.Id != after);
            foreach (var part in wanted.Chunk(AtOnce))
            {
                var views = await Task.WhenAll(part.Select(note => ReadAsync(note.Id)));
                foreach (var view in views)
                {
                    var isFirst = !passed && view?.Id == after;
                    passed |= isFirst;
                    if (isFirst || view?.Day != of || (status is not null && view.Status != status))
                        continue;
                    found.Add(view);
                    if (found.Count == most)
                        return found.ToImmutable();
                }
            }
        }

        return found.ToImmutable();
    }

    /// <inheritdoc cref="ISlipGrain.Decide"/>
    public async Task<SlipResult> DecideAsync(string id, SlipVerb verb, string reason, DeskCall call)
    {
        if (Parse(id) is not { } parsed)
            return new(null, null);
        var decision = new SlipDecision(verb, parsed.Number, call.Actor, reason, call.DryRun);
        var answer = await Retry.OnFailedAppend(() => Slips(parsed.Grain).Decide(decision));
        return new(answer.View, RefusalOf(answer, null));
    }

    private ISlipGrain Slips(string grain) => grains.GetGrain<ISlipGrain>(grain);

    private ISlipDayGrain Day(DateOnly day) => grains.GetGrain<ISlipDayGrain>(SlipDayGrain.KeyOf(day));

    /// <summary>Malls are a day ahead of the clock and behind it.</summary>
    private IEnumerable<DateOnly> Days(DateOnly? day)
    {
        var ahead = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(1);
        return day is { } only ? [only]
            : Enumerable.Range(0, DeskReceipts.MostWaitDays + 3).Select(back => ahead.AddDays(-back));
    }

    private static (string Grain, int Number)? Parse(string id)
    {
        var isId = id.Length > 33 && id[32] == '-' && id.AsSpan(0, 32).IndexOfAnyExcept(Digits) < 0
            && id[33] != '0';
        return isId && int.TryParse(
            id.AsSpan(33), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (id[..32], number) : null;
    }

    private static readonly System.Buffers.SearchValues<char> Digits =
        System.Buffers.SearchValues.Create("0123456789abcdef");

    private Refusal? RefusalOf(SlipAnswer answer, PurchaseData? purchase)
    {
        var settings = programmes.Shown.DeskReceipts ?? new();
        return answer.Refusal switch
        {
            SlipRefusal.None => null,
            SlipRefusal.Off => Refusals.DeskReceiptsOff,
            SlipRefusal.UnknownStore => Refusals.UnknownStore(purchase!.Store),
            SlipRefusal.InFuture => Refusals.SlipInFuture,
            SlipRefusal.TooOld => Refusals.SlipTooOld(settings.OldestDays),
            SlipRefusal.Waits => Refusals.SlipWaits,
            SlipRefusal.KeyReused => Refusals.KeyReused,
            SlipRefusal.Limit => Refusals.DeskLimit(settings.PerDay, settings.AmountPerDay),
            SlipRefusal.Member => Refusals.Of(answer.Rejection!),
            SlipRefusal.SameOperator => Refusals.SecondOperator,
            SlipRefusal.NotNow => Refusals.SlipSettled,
            _ => throw new InvalidOperationException($"No words for {answer.Refusal}."),
        };
    }
}

/// <param name="View">Null: there is no such slip, or <paramref name="Refusal"/> says why not.</param>
public sealed record SlipResult(SlipView? View, Refusal? Refusal);
