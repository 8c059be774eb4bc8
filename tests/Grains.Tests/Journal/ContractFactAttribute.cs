using MallVip.Grains.Tests.Journal.Postgres;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace MallVip.Grains.Tests.Journal;

/// <summary>A fact of the contract suite, which a subclass for a store that is not here says it
/// skips.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("MallVip.Grains.Tests.Journal.ContractFactDiscoverer", "MallVip.Grains.Tests")]
public sealed class ContractFactAttribute : FactAttribute;

/// <summary>Marks the subclass that needs PostgreSQL's programs.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsPostgresAttribute : Attribute;

/// <summary>Found by the runner.</summary>
public sealed class ContractFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod,
        IAttributeInfo factAttribute) =>
        PostgresCluster.Programs is null
        && testMethod.TestClass.Class.GetCustomAttributes(typeof(NeedsPostgresAttribute)).Any()
            ? new Skipped(
                DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(),
                discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod)
            : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);

    private sealed class Skipped : XunitTestCase
    {
        [Obsolete("For the runner, which makes it before it reads its fields.")]
        public Skipped()
        {
        }

        public Skipped(
            IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions options,
            ITestMethod method)
            : base(messages, display, options, method)
        {
        }

        protected override string GetSkipReason(IAttributeInfo factAttribute) =>
            PostgresFactAttribute.Reason;
    }
}
