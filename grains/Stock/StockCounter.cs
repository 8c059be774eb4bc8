using System.Collections.Immutable;
using MallVip.Grains.Entries;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Deciding;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Stock;

/// <summary>
/// Gives pieces out. Lives in its grain's turns: a piece is reserved, and the entry on its way, without an
/// await in between. Who comes while the last pieces are on their way, and may not wait in the line, hears
/// when their members have taken or refused them.
/// </summary>
internal sealed class StockCounter(
    MemberServices services, Timeline<StockState> timeline, StockArchive archive, IGrainFactory grains)
{
    private readonly Dictionary<string, Task<StockAnswer>> _drives = new(StringComparer.Ordinal);
    private readonly StockDoor _door = new();
    private Task _before = Task.CompletedTask;
    private long _settled;
    private DateTimeOffset? _armed;

    private StockState State => timeline.State;

    private DateTimeOffset Now => timeline.NotBefore(services.Time.GetUtcNow());

    public async Task<StockAnswer> TakeAsync(StockOrder order)
    {
        // A look into the index on disk must not let later calls pass.
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = _before;
        _before = done.Task;
        Task<StockAnswer> answer;
        try
        {
            var (seen, asking) = (_settled, WasTakenAsync(order));
            await before;
            var wasTaken = await asking;
            // The answer is as of the question: a piece may have been taken since.
            while (!wasTaken && seen != _settled)
                (seen, wasTaken) = (_settled, await WasTakenAsync(order));
            answer = Enter(order, wasTaken);
        }
        finally
        {
            done.SetResult();
        }

        return await answer;
    }

    public async Task<StockAnswer> ConfirmAsync(string piece)
    {
        if (State.Open.GetValueOrDefault(piece) is not { } open)
        {
            await timeline.ReadDurable();
            return new(StockStatus.Lapsed);
        }

        if (!open.IsHeld)
            return await DriveAsync(piece, timeline.ReadDurable());
        if (open.Until <= Now)
        {
            await Lapse(Now);
            return new(StockStatus.Lapsed);
        }

        var until = Now + StockGrain.DriveAfter;
        return await DriveAsync(piece, Append([new StockFact.Confirmed(piece, until)], until));
    }

    public async Task<bool> GiveBackAsync(string stock, string piece)
    {
        if (State.Open.ContainsKey(piece))
            await DriveAsync(piece, timeline.ReadDurable());
        var isNew = await Settle(StockKeys.Back(stock, piece), stock, new StockFact.GaveBack(piece));
        Serve();
        return isNew;
    }

    public async Task PokeAsync()
    {
        await Lapse(Now);
        await Task.WhenAll(State.Open.Values.Where(piece => !piece.IsHeld)
            .Select(piece => DriveAsync(piece.Order.Piece, timeline.ReadDurable())).ToArray());
    }

    private StockTerms? Terms(string stock) => StockTerms.Of(services.Programmes.Current, stock);

    /// <summary>Decides in one breath; the task ends with the answer.</summary>
    private Task<StockAnswer> Enter(StockOrder order, bool wasTaken)
    {
        if ((State.Find(order.Piece) ?? _door.Find(order.Piece)) is { } known
            && known.Content != order.Content)
            return Durable(new(StockStatus.Refused, new(AnswerStatus.KeyReused, null, null, 0)));
        if (State.Open.GetValueOrDefault(order.Piece) is { } open)
            return open.IsHeld
                ? Durable(new(StockStatus.Held) { Until = open.Until })
                : DriveAsync(order.Piece, timeline.ReadDurable());
        if (State.PlaceOf(order.Piece) is > 0 and var place)
            return Durable(new(StockStatus.Waiting) { Place = place });
        if (wasTaken)
            return FirstAsync(order);
        return _door.IsEmpty ? Decide(order) : _door.Wait(order);
    }

    /// <summary>One whose entry is on its way is no longer open, and not written yet.</summary>
    private async Task<bool> WasTakenAsync(StockOrder order) =>
        (await services.Keys.KnownAsync(StockKeys.Taken(order.Stock, order.Piece))).Kind
            == KeyClaimKind.Written;

    private Task<StockAnswer> Decide(StockOrder order)
    {
        if (Terms(order.Stock) is not { } terms)
            return Durable(new(StockStatus.Unknown));
        var (now, day) = (Now, ZoneTime.Day(Now, terms.Zone));
        if (!terms.Takes(order, now))
            return Durable(new(StockStatus.NotNow));
        // A stock that has grown, or a new day, is for those who wait.
        var offers = StockLine.Offers(State, terms, now);
        var state = offers.Aggregate(State, static (before, fact) => before.Apply(fact));
        if (!offers.IsEmpty && !order.DryRun)
            Follow(offers, Append(offers, now + StockGrain.DriveAfter, order.Stock));
        if (state.Free(terms, day) > 0)
            return order.DryRun ? TryAsync(order) : Reserve(order, terms, day);
        if (state.Line.Count < terms.Waiting)
        {
            var waiting = new StockAnswer(StockStatus.Waiting)
            {
                Place = state.Line.Count + 1,
            };
            return order.DryRun
                ? Durable(waiting)
                : After(
                    Append([new StockFact.Waits(order)], StockLine.NextDay(terms, day), order.Stock),
                    waiting);
        }

        if (_drives.Count > 0 && !order.DryRun)
            return _door.Wait(order);
        return Durable(new(state.Out >= terms.Total ? StockStatus.SoldOut : StockStatus.SoldOutToday));
    }

    private Task<StockAnswer> Reserve(StockOrder order, StockTerms terms, DateOnly day)
    {
        var until = Now + (order.Hold ? terms.Hold : StockGrain.DriveAfter);
        var reserved = Append([new StockFact.Reserved(order, day, until)], until, order.Stock);
        return order.Hold
            ? After(reserved, new(StockStatus.Held) { Until = until })
            : DriveAsync(order.Piece, reserved);
    }

    /// <summary>Lets those in who came while pieces were on their way.</summary>
    private void Serve()
    {
        while (!_door.IsEmpty && (_drives.Count == 0 || HasFree()))
            _door.LetIn(Decide);
    }

    /// <summary>Whether there is a piece that is for nobody in the line.</summary>
    private bool HasFree() => Terms(State.Stock) is not { } terms
        || State.Free(terms, ZoneTime.Day(Now, terms.Zone)) > State.Line.Count;

    /// <summary>Carries a reserved piece on; whoever asks meanwhile gets the same answer.</summary>
    /// <param name="reserved">Ends when its entry is durable: the member is not asked before.</param>
    private Task<StockAnswer> DriveAsync(string piece, Task reserved)
    {
        if (_drives.TryGetValue(piece, out var running))
            return running;
        var drive = GoAsync(State.Open[piece].Order, reserved);
        if (!drive.IsCompleted)
            _drives.Add(piece, drive);
        return drive;
    }

    private async Task<StockAnswer> GoAsync(StockOrder order, Task reserved)
    {
        try
        {
            await reserved;
            var answer = await AskAsync(order);
            if (answer.Outcome?.Piece == order.Piece)
            {
                await Settle(
                    StockKeys.Taken(State.Stock, order.Piece), State.Stock, new StockFact.Taken(order.Piece));
                return new(StockStatus.Taken, answer);
            }

            var why = answer.Rejection is { } rejection ? RejectionCatalog.Of(rejection.Kind).Code
                : answer.Status == AnswerStatus.KeyReused ? Refusals.KeyReused.Code
                : "over";
            await Settle(EventKey.None, State.Stock, new StockFact.Released(order.Piece, why));
            return new(StockStatus.Refused, answer);
        }
        finally
        {
            _drives.Remove(order.Piece);
            Serve();
        }
    }

    private Task<MemberAnswer> AskAsync(StockOrder order)
    {
        var member = grains.GetGrain<IMemberGrain>(order.Member.ToString());
        var request = new MemberRequest
        {
            Command = order.Command,
            Key = order.Key,
            Content = order.Content,
            Actor = order.Actor,
            DryRun = order.DryRun,
        };
        return Retry.OnFailedAppend(() => member.Handle(request));
    }

    private async Task<StockAnswer> TryAsync(StockOrder order) => OfMember(order, await AskAsync(order));

    private static StockAnswer OfMember(StockOrder order, MemberAnswer answer) =>
        new(answer.Outcome?.Piece == order.Piece ? StockStatus.Taken : StockStatus.Refused, answer);

    /// <summary>What the member said at first.</summary>
    private async Task<StockAnswer> FirstAsync(StockOrder order) => OfMember(order, await AskAsync(order));

    /// <summary>Notes an ending, once, and offers what it frees to the line.</summary>
    private async Task<bool> Settle(EventKey key, string stock, StockFact fact)
    {
        if ((await services.Keys.AdmitAsync(key, EventKey.None)).Kind == AdmissionKind.Repeat)
            return false;
        Task? noting = null;
        var offers = ImmutableArray<StockFact>.Empty;
        try
        {
            offers = StockLine.Offers(State.Apply(fact), Terms(stock), Now);
            var due = offers.IsEmpty ? (DateTimeOffset?)null : Now + StockGrain.DriveAfter;
            noting = Append([fact, .. offers], due, stock, key);
            _settled++;
        }
        finally
        {
            if (noting is null)
                services.Keys.GiveBack(key, EventKey.None);
        }

        Follow(offers, noting);
        await noting;
        return true;
    }

    /// <summary>Frees what nobody has confirmed in time, offers it to the line, and sets the due row to what
    /// is next.</summary>
    private async Task Lapse(DateTimeOffset now)
    {
        var terms = Terms(State.Stock);
        var lapsed = StockLine.Lapsed(State, now);
        var state = lapsed.Aggregate(State, static (before, fact) => before.Apply(fact));
        var offers = StockLine.Offers(state, terms, now);
        state = offers.Aggregate(state, static (before, fact) => before.Apply(fact));
        _armed = StockLine.NextDue(state, terms, now);
        var noting = Write(
            [.. lapsed, .. offers], State.Stock, EventKey.None,
            _armed is { } next ? DueChange.Exactly(next) : DueChange.Clear);
        Follow(offers, noting);
        await noting;
        Serve();
    }

    /// <summary>Gives what was offered; what breaks off here is the due row's.</summary>
    private void Follow(ImmutableArray<StockFact> offers, Task noted)
    {
        foreach (var fact in offers)
            if (fact is StockFact.Offered offered && !State.Open[offered.Piece].IsHeld)
                _ = DriveAsync(offered.Piece, noted);
    }

    private Task Append(
        ImmutableArray<StockFact> facts, DateTimeOffset? due, string? stock = null, EventKey key = default)
    {
        var earlier = due is { } at && (_armed is null || at < _armed);
        var noting = Write(
            facts, stock ?? State.Stock, key, earlier ? DueChange.Earlier(due!.Value) : DueChange.None);
        if (earlier)
            _armed = due;
        return noting;
    }

    private Task Write(ImmutableArray<StockFact> facts, string stock, EventKey key, DueChange due)
    {
        var body = new StockEntryBody(1, stock, facts);
        var entry = new EntryDraft
        {
            Kind = StockGrain.EntryKind,
            At = Now,
            Key = key,
            Body = body.ToJson(),
            Actor = "stock",
            NextDue = due,
        };
        return OfferAsync(timeline.Append(entry, State.Apply(body), 0));
    }

    private async Task OfferAsync(Task appended)
    {
        await appended;
        archive.Offer(timeline);
    }

    private async Task<StockAnswer> Durable(StockAnswer answer)
    {
        await timeline.ReadDurable();
        return answer;
    }

    private static async Task<StockAnswer> After(Task noted, StockAnswer answer)
    {
        await noted;
        return answer;
    }
}
