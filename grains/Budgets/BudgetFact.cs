using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;

namespace MallVip.Grains.Budgets;

/// <summary>What happened to a budget. Persisted for ever under these short names.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "f")]
[JsonDerivedType(typeof(Leased), "leased")]
[JsonDerivedType(typeof(Closed), "closed")]
public abstract record BudgetFact
{
    private BudgetFact()
    {
    }

    /// <summary>A part of the budget went to a silo; the lease's number is the entry's.</summary>
    /// <param name="Rule">Whose budget it is, for whoever reads the journal.</param>
    /// <param name="Window">The first day of its window.</param>
    /// <param name="Total">What the budget held in all, as the version at work said.</param>
    /// <param name="Holder">The life of a silo: its leases end with it.</param>
    /// <param name="Until">By the store's clock, where silos share it: no use is written later. Null: the
    /// holder is alone.</param>
    public sealed record Leased(
        string Rule, DateOnly Window, long Amount, long Total, string Holder,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Until = null)
        : BudgetFact;

    /// <summary>A lease ended: what is unused of it is free again.</summary>
    /// <param name="Used">The sum of its uses in members' entries.</param>
    public sealed record Closed(long Lease, long Used) : BudgetFact;
}

/// <summary>The body of a budget's journal entry.</summary>
/// <param name="V">The format's version: 1.</param>
public sealed record BudgetBody(int V, ImmutableArray<BudgetFact> Facts) : IStoredBody
{
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, BudgetBodyJson.Default.BudgetBody);

    /// <exception cref="JournalDamagedException">The body is of no version that this build reads.</exception>
    public static BudgetBody Parse(ReadOnlyMemory<byte> json) =>
        StoredBody.Read(json, BudgetBodyJson.Default.BudgetBody, "A budget's");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BudgetBody))]
internal sealed partial class BudgetBodyJson : JsonSerializerContext;
