using MallVip.Rules.Programmes;

namespace MallVip.Client.Events;

/// <summary>Makes an <see cref="AnswerWriter"/> for each response.</summary>
/// <param name="Programme">The programme in force.</param>
internal sealed record AnswerWriters(Func<Programme> Programme)
{
    public AnswerWriter Create() => new(new OutcomeWriter(new ReceiptWriter(Programme)));
}
