using MallVip.Rules.Events;
using MallVip.Rules.Facts;

namespace MallVip.Rules.Tests.Ledger;

public class ParkingTests
{
    [Fact]
    public void An_exit_ends_the_session_of_its_plate_and_the_visit_counts_for_the_mall()
    {
        var shopper = Garage().Sends(EventTypes.ParkingEntry, Car());
        Assert.True(shopper.State.Days.Has("plaza", new(2026, 11, 21)));

        shopper.Wait("2026-11-21T15:00").Sends(EventTypes.ParkingExit, Car());
        Assert.Equal("exit", Listed(shopper));
        Assert.Empty(shopper.State.Parking);
    }

    [Fact]
    public void A_new_entry_closes_an_open_session_whose_exit_is_missing()
    {
        var shopper = Garage().Sends(EventTypes.ParkingEntry, Car())
            .Wait("2026-11-22T12:00").Sends(EventTypes.ParkingEntry, Car());

        Assert.Equal("exit-missing", Listed(shopper));
        Assert.Equal(Shopper.At("2026-11-22T12:00"), Assert.Single(shopper.State.Parking).EnteredAt);
    }

    [Fact]
    public void An_exit_naming_a_session_closes_that_one()
    {
        var shopper = Garage()
            .Sends(EventTypes.ParkingEntry, Car("A", "s1")).Sends(EventTypes.ParkingEntry, Car("B", "s2"))
            .Sends(EventTypes.ParkingExit, Car("B", "s1"));

        Assert.Equal("s2", Assert.Single(shopper.State.Parking).Session);
    }

    [Fact]
    public void A_late_exit_of_a_closed_session_is_listed_and_changes_nothing()
    {
        var shopper = Garage().Sends(EventTypes.ParkingEntry, Car("A", "s1"))
            .Sends(EventTypes.ParkingEntry, Car("A", "s2"))
            .Sends(EventTypes.ParkingExit, Car("A", "s1"));

        Assert.Equal("late", Listed(shopper));
        Assert.Equal("s2", Assert.Single(shopper.State.Parking).Session);
    }

    [Fact]
    public void An_exit_without_an_entry_is_listed_as_unmatched() =>
        Assert.Equal("unmatched", Listed(Garage().Sends(EventTypes.ParkingExit, Car())));

    [Fact]
    public void Rules_are_asked_about_an_exit_that_ends_a_stay_and_not_about_one_that_is_only_listed()
    {
        var garage = Examples.Plain().Earn("stay", _ => 10, on: EventTypes.ParkingExit);
        var shopper = new Shopper(garage.Build())
            .Sends(EventTypes.ParkingEntry, Car("A", "s1")).Sends(EventTypes.ParkingEntry, Car("A", "s2"))
            .Sends(EventTypes.ParkingExit, Car("A", "s1")).Sends(EventTypes.ParkingExit, Car("B"));
        Assert.Equal(0, shopper.State.Available("points").Value);

        shopper.Sends(EventTypes.ParkingExit, Car("A", "s2"));
        Assert.Equal(10, shopper.State.Available("points").Value);
    }

    [Fact]
    public void A_stay_of_zero_minutes_is_a_stay()
    {
        var shopper = Garage().Sends(EventTypes.ParkingEntry, Car()).Sends(EventTypes.ParkingExit, Car());

        Assert.Equal("exit", Listed(shopper));
    }

    [Fact]
    public void An_entry_that_comes_late_leaves_the_newer_session_open()
    {
        var shopper = Garage().Sends(EventTypes.ParkingEntry, Car())
            .Sends(EventTypes.ParkingEntry, Car(), "2026-11-21T09:00");

        Assert.Equal("exit-missing", Listed(shopper));
        Assert.Equal(Shopper.At("2026-11-21T12:00"), Assert.Single(shopper.State.Parking).EnteredAt);
    }

    [Fact]
    public void A_car_park_that_is_not_declared_is_a_warning()
    {
        var shopper = Garage().Sends(EventTypes.ParkingEntry, new ParkingData("moon", "A", null, null));

        Assert.Equal(["unknown_car_park"], shopper.Warnings);
        Assert.Null(shopper.State.Days.LastDay);
    }

    private static Shopper Garage() => new(Examples.Plain().Build());

    private static ParkingData Car(string plate = "A", string? session = null) =>
        new("plaza-p", plate, session, null);

    private static string Listed(Shopper shopper) =>
        Assert.Single(shopper.Last.OfType<Fact.ParkingLeft>()).How;
}
