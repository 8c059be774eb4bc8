using MallVip.Grains.Journal;
using MallVip.Grains.Parking;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Quantities;
using static MallVip.System.Tests.Engine.ParkingBed;

namespace MallVip.System.Tests.Engine;

/// <summary>A plate that was read wrongly: the members' own sessions go with the visit.</summary>
public sealed class ParkingMoveTests
{
    private const string Read = "粤B8888Q";
    private const string Right = "粤B88880";

    [Fact]
    public async Task The_session_goes_from_who_has_the_plate_that_was_read_to_the_right_one_and_back()
    {
        await using var host = await StartAsync();
        var (wrong, right) = (await OwnerAsync(host, 1, Read), await OwnerAsync(host, 2, Right));
        await EnterAsync(host, Read, session: "s");
        var entered = Assert.Single((await host.ReadAsync(wrong)).Parking);
        host.Time.Advance(TimeSpan.FromMinutes(30));

        Assert.Null((await MoveAsync(host, Right, "m1")).Refusal);
        Assert.Empty((await host.ReadAsync(wrong)).Parking);
        var moved = Assert.Single((await host.ReadAsync(right)).Parking);
        Assert.Equal((entered.Lot, "s", entered.EnteredAt), (moved.Lot, moved.Session, moved.EnteredAt));
        Assert.Null((await MoveAsync(host, Right, "m1")).Refusal);
        Assert.Null((await MoveAsync(host, Read, "m2")).Refusal);
        Assert.Empty((await host.ReadAsync(right)).Parking);
        Assert.Equal(entered, Assert.Single((await host.ReadAsync(wrong)).Parking));
        await LeaveAsync(host, Read);
        Assert.Empty((await host.ReadAsync(wrong)).Parking);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task The_cars_of_nobody_and_visits_that_have_ended_touch_no_member()
    {
        await using var host = await StartAsync();
        var right = await OwnerAsync(host, 2, Right);
        await EnterAsync(host, Read);
        host.Time.Advance(TimeSpan.FromMinutes(5));
        await LeaveAsync(host, Read);

        Assert.Null((await MoveAsync(host, Right, "m1")).Refusal);
        Assert.Empty((await host.ReadAsync(right)).Parking);
        await EnterAsync(host, Read);
        Assert.Null((await MoveAsync(host, Right, "m2", visit: 2)).Refusal);
        Assert.Single((await host.ReadAsync(right)).Parking);
        Assert.Null((await MoveAsync(host, "粤B77777", "m3", visit: 2)).Refusal);
        Assert.Empty((await host.ReadAsync(right)).Parking);
        await host.AssertCleanAsync();
    }

    [Theory]
    [InlineData(0, false, false)]
    [InlineData(0, true, true)]
    [InlineData(1, false, true)]
    [InlineData(1, true, true)]
    [InlineData(2, false, true)]
    [InlineData(2, true, true)]
    [InlineData(3, false, true)]
    [InlineData(3, true, true)]
    public async Task A_crash_while_a_visit_is_moved_leaves_its_session_with_one_member(
        int step, bool isWritten, bool isMoved)
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        var mortal = new MortalJournal(journal);
        MemberId wrong, right;
        await using (var host = await StartAsync(mortal, time))
        {
            (wrong, right) = (await OwnerAsync(host, 1, Read), await OwnerAsync(host, 2, Right));
            await EnterAsync(host, Read);
            mortal.DieAt(step, isWritten);
            await Record.ExceptionAsync(() => MoveAsync(host, Right, "m1"));
        }

        await using var after = await StartAsync(journal, time, background: true);
        if (isMoved)
            await Waiting.ForAsync(async () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(300));
                return (await after.ReadAsync(right)).Parking.Length == 1;
            });
        Assert.Equal(
            isMoved ? (0, 1) : (1, 0),
            ((await after.ReadAsync(wrong)).Parking.Length, (await after.ReadAsync(right)).Parking.Length));
        Assert.Null((await MoveAsync(after, Right, "m1")).Refusal);
        Assert.Empty((await after.ReadAsync(wrong)).Parking);
        Assert.Single((await after.ReadAsync(right)).Parking);
        await after.AssertCleanAsync();
    }

    [Fact]
    public async Task An_exit_that_comes_before_the_correction_has_reached_the_member_ends_the_session()
    {
        var journal = new SteppedJournal(new MemoryJournal());
        await using var host = await StartAsync(journal, new ManualTime());
        var (wrong, right) = (await OwnerAsync(host, 1, Read), await OwnerAsync(host, 2, Right));
        await EnterAsync(host, Read);
        journal.IsStepped = true;

        var moving = MoveAsync(host, Right, "m1");
        await journal.BegunAsync();
        journal.Go();
        await journal.BegunAsync();
        // While the wrong session ends, the car leaves: the member has no session yet, ...
        var leaving = LeaveAsync(host, Right);
        await Waiting.ForAsync(() => host.Engine.Set.Writer.Stats.Queued == 1);
        journal.Go();
        await journal.BegunAsync();
        // ... gets it, and only then does the car park hear of the exit.
        await Waiting.ForAsync(() => host.Engine.Set.Writer.Stats.Queued == 1);
        journal.IsStepped = false;
        journal.Go();
        Assert.Null((await moving).Refusal);
        Assert.Null((await leaving).Refusal);

        Assert.Empty((await host.ReadAsync(wrong)).Parking);
        Assert.Empty((await host.ReadAsync(right)).Parking);
        Assert.Equal(0, (await ParkingBed.ReadAsync(host)).Open);
        await host.AssertCleanAsync();
    }

    /// <summary>Step and crash: the car park's exit, the session's end, the car park's word that it is over.
    /// The member had the exit before the correction; the gate sends again what was not answered.</summary>
    [Theory]
    [MemberData(nameof(Death.Steps), 3, MemberType = typeof(Death))]
    public async Task A_crash_while_a_moved_visit_ends_leaves_no_session_open(int step, bool isWritten)
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        MemberId right;
        var mortal = new MortalJournal(journal);
        await using (var host = await StartAsync(mortal, time))
        {
            right = await OwnerAsync(host, 2, Right);
            await EnterAsync(host, Read);
            time.Advance(TimeSpan.FromMinutes(5));
            mortal.DieAt(0, takesLast: true);
            await Record.ExceptionAsync(() => LeaveAsync(host, Right, id: "out"));
        }

        var left = time.GetUtcNow();
        mortal = new MortalJournal(journal);
        await using (var host = await StartAsync(mortal, time))
        {
            Assert.Null((await MoveAsync(host, Right, "m1")).Refusal);
            Assert.Single((await host.ReadAsync(right)).Parking);
            mortal.DieAt(step, isWritten);
            await Record.ExceptionAsync(() => LeaveAsync(host, Right, left, id: "out"));
            Assert.True(mortal.IsDead);
        }

        await using var after = await StartAsync(journal, time, background: true);
        Assert.Null((await LeaveAsync(after, Right, left, id: "out")).Refusal);
        await Waiting.ForAsync(async () =>
        {
            time.Advance(TimeSpan.FromMilliseconds(300));
            return (await after.ReadAsync(right)).Parking.IsEmpty;
        });
        Assert.Equal(0, (await ParkingBed.ReadAsync(after)).Open);
        await after.AssertCleanAsync();
    }

    private static Task<ParkingQuote> MoveAsync(EngineHost host, string to, string key, long visit = 1) =>
        Counter(host).ChangeAsync(Lot(host), visit, 0, to, "Read wrongly.", host.Call(key));
}
