using System.Globalization;
using MallVip.Grains.Backtesting;
using MallVip.Grains.Budgets;
using MallVip.Grains.Identities;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Grains.Reports;
using MallVip.Grains.Stock;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Backtesting;
using MallVip.Rules.Budgets;
using MallVip.Rules.Catalogue;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;
using MallVip.Silo.Verify;
using MallVip.System.Tests.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Simulation;

/// <summary>
/// A mall under a seed: shoppers who call at once, twice, late and wrongly, over a store that fails and a
/// silo that dies. The seed decides what is called, when the clock moves, which appends fail and when the
/// silo dies; which calls share a batch is the scheduler's, as in life.
/// </summary>
internal sealed class Simulation : IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly Random _random;
    private readonly Model _model = new();
    private readonly Shoppers _shoppers;
    private readonly SimulatedSilo _silo;
    private List<SimulatedCall> _open = [];
    private int _calls;

    public Simulation(int seed, ISimulatedStore store)
    {
        _random = new Random(seed);
        _shoppers = new Shoppers(_random, _model);
        _silo = new SimulatedSilo(store, _time, _random);
    }

    /// <summary>Plays so many rounds and audits what they left. Empty: everything holds.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(int rounds)
    {
        await _silo.StartAsync();
        for (var round = 0; round < rounds && _model.Faults.Count == 0; round++)
            await PlayAsync();
        await SettleAsync();
        await HearEarlyAsync();
        await JudgeAsync();
        return _model.Faults;
    }

    /// <summary>What happened, for the log of a run.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{_calls} calls, {_silo.Crashes} crashes, {_model.Events.Count()} events, " +
        $"{_model.Coupons} coupons, {_model.Publishes} publishes, {_model.Merges} merges, "
        + $"{_model.Lamps.Count()} lamps and {_model.LampSteps} steps with them");

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    private async Task PlayAsync()
    {
        _silo.Journal.FaultRate = _random.Next(3) == 0 ? 0.1 : 0;
        if (_random.Next(3) == 0)
            _silo.Journal.DieAfter(_random.Next(12));
        foreach (var phone in Shoppers.Phones)
            _model.See(phone, await _silo.CardsAsync(phone));
        await SendAsync([.. _open, .. _shoppers.Draw(_time.GetUtcNow(), _random.Next(10, 40))]);
        if (_silo.Journal.IsDead || _random.Next(4) == 0)
            await RestartAsync();
        await AskQueuedAsync();
        _time.Advance(Pause());
    }

    private TimeSpan Pause() => _random.Next(5) switch
    {
        0 => TimeSpan.FromDays(_random.Next(1, 25)),
        1 => TimeSpan.FromHours(_random.Next(1, 24)),
        _ => TimeSpan.FromSeconds(_random.Next(1, 600)),
    };

    /// <summary>
    /// Sends calls at once and hears the answers; those without one are sent again in the next round.
    /// </summary>
    private async Task SendAsync(List<SimulatedCall> calls)
    {
        _calls += calls.Count;
        var streamed = _random.Next(2) == 0 ? calls.FindAll(IsStreamed).ConvertAll(Event) : [];
        var single = streamed.Count == 0 ? calls : calls.FindAll(call => !IsStreamed(call));
        var stream = _silo.SendStreamAsync(streamed);
        var answers = await Task.WhenAll(single.Select(_silo.SendAsync));
        var lines = await stream.WaitAsync(EngineHost.Patience);
        (SimulatedCall Call, SimulatedAnswer Answer)[] heard =
            [.. single.Zip(answers), .. streamed.Zip(lines)];
        foreach (var (call, answer) in heard.OrderBy(pair => pair.Answer.Status))
            _model.Hear(call, answer);
        _open = [.. heard.Where(pair => pair.Answer.Status == SimulatedStatus.Unknown)
            .Select(pair => pair.Call).DistinctBy(call => (call.Id, call.GetType()))];
    }

    private static bool IsStreamed(SimulatedCall call) => call is SimulatedCall.Event { IsLater: false };

    private static SimulatedCall.Event Event(SimulatedCall call) => (SimulatedCall.Event)call;

    /// <summary>Asks what became of what was queued; true: all of it is known.</summary>
    private async Task<bool> AskQueuedAsync()
    {
        foreach (var call in _model.Queued)
            _model.HearOutcome(call, await _silo.AskAsync(call));
        return _model.Queued.Count == 0;
    }

    /// <summary>A crash may come between two calls as well as inside one.</summary>
    private async Task RestartAsync()
    {
        if (_random.Next(2) == 0)
            await _silo.Journal.DieAsync();
        await _silo.RestartAsync();
    }

    /// <summary>
    /// The store works again: everything is answered, everybody is a member, time has done its work.
    /// </summary>
    private async Task SettleAsync()
    {
        if (_silo.Journal.IsDead)
            await _silo.RestartAsync();
        _silo.Journal.FaultRate = 0;
        _silo.Journal.DieAfter(int.MaxValue);
        await SendAsync([.. _open, .. Shoppers.Phones.Select(phone => new SimulatedCall.Register(phone))]);
        // A plate that a dead silo left with somebody about to join is busy until its timer has asked.
        for (var again = 0; _open.Count > 0 && again < 10; again++)
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            await SendAsync(_open);
        }

        Expect(_open.Count == 0, () => $"{_open[0].Id} has no answer though the store works");
        if (_random.Next(2) == 0)
            await RestartAsync();
        _time.Advance(TimeSpan.FromDays(_random.Next(0, 40)));
        await DeliveredAsync();
        if (!await CreepUntilAsync(AskQueuedAsync))
            _model.Faults.Add($"{_model.Queued.First().Id} was never delivered from the inbox");
        foreach (var phone in Shoppers.Phones)
            await FiredAsync(await MemberAsync(phone));
    }

    private async Task HearEarlyAsync()
    {
        var givenUp = new HashSet<string>();
        await foreach (var entry in EntriesAsync())
            if (entry.Grain.Kind == GrainKind.Member)
                foreach (var warned in JournalJson.ReadBody(entry.Body.Span).Facts.OfType<Fact.Warned>())
                    if (warned.Code == "refund_unmatched")
                        givenUp.Add(warned.Detail.Split(' ', ':')[1]);
        foreach (var refund in _model.Early)
            _model.HearEarly(
                refund, await _silo.AskAsync(refund), await _silo.AskAsync(refund.Of),
                givenUp.Contains("B" + refund.Id));
    }

    private async Task JudgeAsync()
    {
        var (gifts, held) = (0L, new Dictionary<string, long>());
        var members = new HashSet<MemberId>();
        foreach (var phone in Shoppers.Phones)
        {
            var state = await ReadAsync(await MemberAsync(phone));
            foreach (var wallet in state.Wallets)
                _model.Compare(phone, wallet);
            _model.CompareCounted(phone, state.Achievements?.SumOf("buys").Amount ?? 0);
            foreach (var other in _model.PersonOf(phone))
                Expect(await MemberAsync(other) == state.Id, () => $"phones {phone} and {other} are two");
            if (!members.Add(state.Id!.Value))
                continue;
            foreach (var wallet in state.Wallets)
                held[wallet.Wallet] = held.GetValueOrDefault(wallet.Wallet)
                    + wallet.Balance.Value + wallet.Pending.Value;
            _model.Compare(phone, state.Coupons, _time.GetUtcNow());
            gifts += state.FindWallet("gifts") is { } given ? given.Earned.Value - given.Reversed.Value : 0;
            await CompareRebuiltAsync(state);
        }

        await CompareLampsAsync();
        await CompareReportAsync("points", "net", held);
        await CompareReportAsync("outstanding", "points", held);
        await CompareBacktestAsync();
        // The history begins with what was in force before the first change.
        var history = (await _silo.HistoryAsync()).Publications.Count;
        var publishes = _model.Publishes;
        Expect(
            history == (publishes == 0 ? history : publishes + 1),
            () => $"{publishes} publishes were answered, {history} stand in the history");
        var rest = await RestOfGiftsAsync();
        Expect(gifts + rest == TestProgramme.Gifts, () => $"{gifts} gifts given and {rest} left");
        var written = new Dictionary<EventKey, int>();
        var coupons = new List<Fact>();
        await foreach (var entry in EntriesAsync())
        {
            written[entry.Key] = written.GetValueOrDefault(entry.Key) + 1;
            if (entry.Grain.Kind == GrainKind.Member)
                coupons.AddRange(JournalJson.ReadBody(entry.Body.Span).Facts);
        }

        var counted = (
            coupons.OfType<Fact.CouponGranted>().Count(), coupons.OfType<Fact.CouponRedeemed>().Count(),
            coupons.OfType<Fact.CouponReturned>().Count(), coupons.OfType<Fact.CouponReserved>().Count(),
            coupons.OfType<Fact.CouponReleased>().Count(freed => freed.Cause == "released"),
            coupons.OfType<Fact.CouponEnded>().Count(ended => ended.How == "void"));
        Expect(
            counted == _model.Coupons, () => $"coupons: {counted} in the journal, {_model.Coupons} answered");
        _model.CompareReturned();
        _model.Compare(written);
        var audit = await Auditor.RunAsync(_silo.Journal, null, default);
        foreach (var problem in audit.Journal.Problems)
            _model.Faults.Add($"audit: {problem.Code} {problem.Grain}: {problem.Message}");
        _model.Faults.AddRange(audit.LedgerProblems.Select(problem => $"audit: {problem}"));
    }

    /// <summary>The stock of lamps counts those that members have ordered and not given up.</summary>
    private async Task CompareLampsAsync()
    {
        var (desk, stock) = (
            _silo.Engine.Services.GetRequiredService<StockDesk>(), StockName.OfReward("lamp", "bay"));
        if (!await CreepUntilAsync(async () => (await desk.ReadAsync(stock)) is { Reserved: 0 } settled
            && (settled.Left == 0 || settled.Waiting == 0)))
            _model.Faults.Add("lamps were never settled");
        var ordered = 0L;
        await foreach (var entry in EntriesAsync())
            if (entry.Grain.Kind == GrainKind.Member)
                foreach (var fact in JournalJson.ReadBody(entry.Body.Span).Facts)
                    ordered += fact switch
                    {
                        Fact.OrderPlaced => 1,
                        Fact.OrderEnded or Fact.OrderReturned { Restock: true } => -1,
                        _ => 0,
                    };
        var taken = (await desk.ReadAsync(stock)).Taken;
        Expect(taken == ordered && taken <= 5, () => $"{taken} lamps are taken, {ordered} ordered");
    }

    /// <summary>A report adds up to what all members together hold, wallet by wallet.</summary>
    private async Task CompareReportAsync(string report, string column, Dictionary<string, long> held)
    {
        var table = await ReportReader.RunAsync(_silo.Journal, new() { Name = report }, default);
        var sums = table.Column(column).Zip(table.Column("wallet"))
            .GroupBy(cell => (string)cell.Second!, cell => (long)cell.First!)
            .ToDictionary(wallet => wallet.Key, wallet => wallet.Sum());
        foreach (var (wallet, sum) in held)
            Expect(
                sums.GetValueOrDefault(wallet) == sum,
                () => $"{report} says {sums.GetValueOrDefault(wallet)} of {wallet}, members hold {sum}");
    }

    /// <summary>The programme in force gives to the letter what was given: its edits change no points.
    /// </summary>
    private async Task CompareBacktestAsync()
    {
        var order = new BacktestOrder { Draft = _silo.Engine.Set.Programmes.Shown };
        var result = await BacktestRun.RunAsync(
            _silo.Journal, order, _time, static (_, _) => { }, default);
        Expect(result.OpenAsks == 0, () => $"{result.OpenAsks} asks of budgets have no answer");
        foreach (var row in result.Rows.Where(row => row.Before != row.After
            && (row.Key.Wallet.Length > 0 || row.Key.Section == BacktestSections.Refused)))
            _model.Faults.Add($"backtest: {row.Key}: {row.Before} before, {row.After} after");
    }

    /// <summary>What the budget still has for a silo that asks for all of it.</summary>
    private async Task<long> RestOfGiftsAsync()
    {
        await _silo.RestartAsync();
        var ask = new BudgetAsk(
            new("test/gift", DateOnly.MinValue), new(TestProgramme.Gifts), TestProgramme.Gifts, true);
        var draw = await _silo.Engine.Services.GetRequiredService<BudgetLeases>().DrawAsync([ask]);
        draw.GiveBack();
        return draw.Answers[0].Granted.Value;
    }

    /// <summary>The journal folded from its first entry gives the very state that the grain has.</summary>
    private async Task CompareRebuiltAsync(MemberState live)
    {
        var state = MemberState.Empty;
        foreach (var entry in await _silo.Journal.ReadAsync(new(GrainKind.Member, live.Id!.Value.Value)))
        {
            foreach (var fact in JournalJson.ReadBody(entry.Body.Span).Facts)
                state = MemberFold.Apply(state, fact, entry.Seq);
        }

        Expect(
            MemberSnapshot.Write(state).AsSpan().SequenceEqual(MemberSnapshot.Write(live)),
            () => $"{live.Id} rebuilt is not {live.Id} alive");
    }

    /// <summary>
    /// Waits until a member's timers have done what is due. A claim that a dead silo left lapses by the
    /// clock, so the clock creeps on meanwhile.
    /// </summary>
    private async Task FiredAsync(MemberId member)
    {
        var now = _time.GetUtcNow();
        if (!await CreepUntilAsync(async () => !IsBehind(await ReadAsync(member), now)))
            _model.Faults.Add($"{member} was never served by its timer");
    }

    /// <summary>
    /// Waits until every identity has delivered what a claim promised: what a dead silo left undelivered is
    /// delivered by a timer of the next.
    /// </summary>
    private async Task DeliveredAsync()
    {
        if (!await CreepUntilAsync(async () => await UndeliveredAsync() == 0))
            _model.Faults.Add($"{await UndeliveredAsync()} promised events were never delivered");
    }

    /// <summary>False: it did not come true within the test's patience.</summary>
    private async Task<bool> CreepUntilAsync(Func<Task<bool>> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var crept = 0; !await condition(); crept++)
        {
            if (TimeProvider.System.GetElapsedTime(started) > EngineHost.Patience)
                return false;
            if (crept % 50 == 49 && crept < 50 * 120)
                _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return true;
    }

    private async Task<int> UndeliveredAsync()
    {
        var states = new Dictionary<GrainKey, IdentityState>();
        await foreach (var entry in EntriesAsync())
        {
            if (entry.Grain.Kind != GrainKind.Identity)
                continue;
            var state = states.GetValueOrDefault(entry.Grain, IdentityState.Empty);
            foreach (var fact in IdentityBody.Parse(entry.Body).Facts)
                state = state.Apply(fact);
            states[entry.Grain] = state;
        }

        return states.Values.Sum(state => state.Promised.Length);
    }

    private static bool IsBehind(MemberState state, DateTimeOffset now) =>
        state.Lots.Any(lot => lot.ActivatesAt <= now
            || (lot.ExpiresAt <= now && state.Held(lot.Wallet).Value == 0))
        || state.OpenHolds.Any(hold => hold.Until <= now)
        || state.Orders.Any(order => order.IsOpen && order.Until <= now)
        || !state.Returning.IsEmpty
        || state.Merge is { IsOver: false }
        || state.Referral is { Ended: null } owed && owed.DriveAt <= now
        || state.Transfers.Any(transfer => transfer.DriveAt <= now)
        || state.Parked.Any(parked => parked.Until <= now)
        || (state.Coupons?.Coupons ?? []).Any(
            coupon => (coupon.Left > 0 && coupon.Until <= now) || coupon.Hold?.Until <= now)
        || state.Tags.Any(tag => tag.Until <= now);

    private async Task<MemberId> MemberAsync(int phone)
    {
        var found = await _silo.Engine.Desk.FindAsync(Till.Phone(phone), default);
        return found.Member ?? throw new InvalidOperationException($"Phone {phone} has no member.");
    }

    private async Task<MemberState> ReadAsync(MemberId member)
    {
        var view = await _silo.Engine.Desk.ReadAsync(member, null, default).WaitAsync(EngineHost.Patience);
        return view?.Snapshot.State ?? throw new InvalidOperationException($"{member} is not enrolled.");
    }

    private async IAsyncEnumerable<JournalEntry> EntriesAsync()
    {
        var after = TailPosition.Start;
        while (await _silo.Journal.TailAsync(after, 500) is { Entries.Count: > 0 } page)
        {
            foreach (var entry in page.Entries)
                yield return entry;
            after = page.Next;
        }
    }

    private void Expect(bool holds, Func<string> fault)
    {
        if (!holds)
            _model.Faults.Add(fault());
    }
}
