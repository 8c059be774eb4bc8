using MallVip.Rules.Members;

namespace MallVip.Grains.Members;

/// <summary>
/// Where a list of dry runs has led so far, so that each is decided as if those before it had been done: an
/// event on the member that it would enrol.
/// </summary>
public sealed class Supposition
{
    /// <summary>Null: nothing is supposed yet; the member's own state counts.</summary>
    public MemberState? State { get; private set; }

    /// <summary>The number of the last supposed entry; null with <see cref="State"/>.</summary>
    public long? Seq { get; private set; }

    public void Advance(MemberState state, long seq) => (State, Seq) = (state, seq);
}
