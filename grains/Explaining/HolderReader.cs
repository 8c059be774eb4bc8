using MallVip.Grains.Identities;
using MallVip.Grains.Journal;
using MallVip.Rules.Identities;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Explaining;

/// <summary>Finds the member that holds an identity in a journal, for commands without an engine.</summary>
public static class HolderReader
{
    /// <param name="name">A member's id, or an identity such as <c>phone:+8613800138000</c>.</param>
    /// <param name="key">The server key; null: only ids are understood.</param>
    /// <returns>Null: nobody, or it is not well-formed.</returns>
    public static async Task<MemberId?> FindAsync(
        IJournalReader journal, ServerKey? key, string name, CancellationToken cancellation)
    {
        if (MemberId.TryParse(name, out var id))
            return id;
        if (!IdentityText.TryParse(name, out var identity, out _))
            return null;
        if (identity.Kind == IdentityText.Member)
            return MemberId.Parse(identity.Value);
        if (key is null)
            return null;
        var state = IdentityState.Empty;
        var grain = new Pseudonym(key).IdentityGrain(identity.Kind, identity.Value);
        foreach (var entry in await journal.ReadAsync(grain, 0, cancellation))
            foreach (var fact in IdentityBody.Parse(entry.Body).Facts)
                state = state.Apply(fact);
        return state.Holder;
    }
}
