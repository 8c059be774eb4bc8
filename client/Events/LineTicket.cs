using MallVip.Grains.Intake;

namespace MallVip.Client.Events;

/// <summary>An event that was handed over and awaits its answer.</summary>
/// <param name="Number">1-based line of the upload; 0: not from a stream.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Refusal">Why it was refused before anybody read it; null: the intake's answer counts.</param>
public readonly record struct LineTicket(long Number, int Bytes, Refusal? Refusal);
