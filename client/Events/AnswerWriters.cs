using MallVip.Rules.Checking;
using MallVip.Rules.Programmes;

namespace MallVip.Client.Events;

/// <summary>Makes an <see cref="AnswerWriter"/> for each response.</summary>
/// <param name="Programme">The programme in force.</param>
internal sealed record AnswerWriters(Func<Programme> Programme)
{
    /// <param name="language">Of details and hints.</param>
    public AnswerWriter Create(Language language) =>
        new(new OutcomeWriter(new ReceiptWriter(Programme)), language);
}
