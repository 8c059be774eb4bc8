using MallVip.Rules.Commands;
using MallVip.Rules.Members;

namespace MallVip.Rules.Deciding;

/// <summary>The pure heart: a state and a command become facts, a rejection, or a question.</summary>
public static class MemberDecider
{
    /// <summary>
    /// First fires the member's own due items up to <see cref="DecideContext.Now"/>, then decides the command.
    /// Pure: the same arguments give the same answer.
    /// </summary>
    public static Decision Decide(MemberState state, MemberCommand command, DecideContext context) =>
        throw new InvalidOperationException($"No arm for {command.GetType().Name} at {context.Now} in {state.Events}.");
}
