namespace MallVip.Silo.Hosting.Features;

/// <summary>What goes by streams, as configured under <c>MallVip:Streams</c>.</summary>
public sealed record StreamsSettings
{
    /// <summary>How an event that waited in the inbox reaches its member: <c>Call</c>, or <c>Memory</c>, a
    /// stream in the silos' memory. Default <c>Call</c>.</summary>
    public string Inbox { get; init; } = nameof(InboxWay.Call);
}

/// <summary>How the inbox delivers.</summary>
public enum InboxWay
{
    Call,
    Memory,
}
