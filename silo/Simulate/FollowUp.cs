namespace MallVip.Silo.Simulate;

/// <summary>Something that an event will cause later: a car leaves, a purchase comes back.</summary>
internal abstract record FollowUp(string Subject, DateTimeOffset Time)
{
    internal sealed record Leave(string Subject, DateTimeOffset Time, SimulatedData.Parking Stay)
        : FollowUp(Subject, Time);

    internal sealed record Return(string Subject, DateTimeOffset Time, SimulatedData.Purchase Of, int Line)
        : FollowUp(Subject, Time);
}
