namespace MallVip.Rules.Network;

/// <summary>What a test says of one event.</summary>
internal enum Outcome : byte
{
    False,
    True,
    /// <summary>It failed; its fault stands in the evaluation.</summary>
    Fault,
}
